namespace Murano.Shared.Realtime;

/// <summary>Waits for the wakes of one device.</summary>
public interface IWakeListener
{
    /// <summary>Something happened to the device. Called on the announcer's thread: must return at once and never throw.</summary>
    void Wake(WakeKind kind);
}
