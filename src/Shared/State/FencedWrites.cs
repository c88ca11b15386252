using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Shared.State;

/// <summary>The one loop for what a device writes behind its fence.</summary>
internal static class FencedWrites
{
    /// <summary>Tries until it is stored or refused. Once, a fence that is gone may have been replaced under a credential that still holds.</summary>
    public static Task<Outcome<Done>> SettleAsync(DeviceAccess access, DeviceSession device, Func<DeviceSession, Task<CommitResult>> write, CancellationToken cancellationToken)
    {
        var session = device;
        var renewed = false;
        return Contention.SettleAsync<Done>(AttemptAsync, cancellationToken);

        async Task<Outcome<Done>?> AttemptAsync()
        {
            await access.HearAsync(session, cancellationToken);
            switch (await write(session))
            {
                case CommitResult.Committed:
                    access.Confirm(session, touched: true);
                    device.Confirmed = true;
                    return Done.Instance;
                case CommitResult.Stale:
                    return null;
                case CommitResult.FenceGone when renewed:
                    return new Failure.Busy("credential-moving", "The credential is being changed.", TimeSpan.FromSeconds(1));
                default:
                    renewed = true;
                    if (!(await access.RenewAsync(session, cancellationToken)).TryGet(out var fresh, out var failure))
                    {
                        return failure;
                    }

                    session = fresh;
                    return null;
            }
        }
    }
}
