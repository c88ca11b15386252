namespace Murano.Shared.Realtime;

/// <summary>Waits for the wakes of one device. Its members are called on the announcer's thread: they must return at once and never throw.</summary>
public interface IWakeListener
{
    /// <summary>Something happened to the device.</summary>
    void Wake(WakeKind kind);

    /// <summary>From now on wakes of other instances may be missed: look soon, and again and again until the registration is unbroken.</summary>
    void Unsure();
}
