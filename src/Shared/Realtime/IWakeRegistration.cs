namespace Murano.Shared.Realtime;

/// <summary>Somebody who listens to a device.</summary>
public interface IWakeRegistration : IDisposable
{
    /// <summary>Names the time since which no wake can have been missed: another number after each interruption, 0 while some may be missed.</summary>
    long Unbroken { get; }
}
