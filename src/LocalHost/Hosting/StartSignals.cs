using System.Runtime.InteropServices;

namespace Murano.LocalHost.Hosting;

/// <summary>Turns Ctrl-C and SIGTERM into a cancelled token while the host, which handles them later, does not run yet.</summary>
internal sealed class StartSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StartSignals(bool listens) =>
        _registrations = listens ? [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)] : [];

    /// <summary>Fires at the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }
}
