using Murano.LocalHost.Azurite;
using Murano.LocalHost.WebPubSub;

namespace Murano.LocalHost.Hosting;

/// <summary>What an app holds outside its container; given back in the order that keeps data safe.</summary>
internal sealed class LocalResources(StartSignals signals) : IAsyncDisposable
{
    /// <summary>The data folder.</summary>
    public DataFolder? Folder { get; set; }

    /// <summary>The listening sockets.</summary>
    public BoundPorts? Ports { get; set; }

    /// <summary>The storage emulator, when it is ours.</summary>
    public AzuriteEmulator? Azurite { get; set; }

    /// <summary>The emulator of Web PubSub, when it is ours.</summary>
    public WebPubSubEmulator? WebPubSub { get; set; }

    /// <summary>The signals of the start.</summary>
    public StartSignals Signals => signals;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Ports?.Dispose();
        if (WebPubSub is not null)
        {
            await WebPubSub.DisposeAsync();
        }

        if (Azurite is not null)
        {
            await Azurite.DisposeAsync();
        }

        // Last, because whoever takes the folder next finds everything saved.
        Folder?.Dispose();
        signals.Dispose();
    }
}
