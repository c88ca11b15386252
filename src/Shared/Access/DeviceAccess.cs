namespace Murano.Shared.Access;

/// <summary>Finds out which device is calling.</summary>
public sealed class DeviceAccess
{
    /// <summary>Finds the device that a token belongs to.</summary>
    /// <returns>The session, or <see cref="Failure.Unauthorized"/> with the reason; <see cref="Failure.Busy"/> when storage is not to be had.</returns>
    public Task<Outcome<DeviceSession>> AuthenticateAsync(DeviceToken? token, DeviceOrigin origin, CancellationToken cancellationToken) => throw new NotSupportedException();
}
