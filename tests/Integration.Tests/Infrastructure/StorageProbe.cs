using Azure.Core;
using Azure.Core.Pipeline;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Sits in the pipeline of the SDK's clients, once for each try: counts requests and, when told so, breaks them.</summary>
public sealed class StorageProbe : HttpPipelinePolicy
{
    private readonly Lock _lock = new();
    private readonly List<string> _requests = [];

    /// <summary>Called before each request with its number since the last <see cref="Reset"/>, from 1; decides what happens to it.</summary>
    public Func<int, Request, StorageFault>? Interfere { get; set; }

    /// <summary>Runs before each request, likewise numbered, and holds it up until it has ended.</summary>
    public Func<int, Request, Task>? Before { get; set; }

    /// <summary>Runs after storage has done a request and before its reply is seen.</summary>
    public Func<int, Request, Task>? After { get; set; }

    /// <summary>What was asked since the last <see cref="Reset"/>: method and path with query.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Forgets what was asked, and stops interfering.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _requests.Clear();
        }

        Interfere = null;
        Before = null;
        After = null;
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The product asks asynchronously only.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ArgumentNullException.ThrowIfNull(message);
        int number;
        lock (_lock)
        {
            _requests.Add($"{message.Request.Method} {Uri.UnescapeDataString(message.Request.Uri.PathAndQuery)}");
            number = _requests.Count;
        }

        if (Before is { } before)
        {
            await before(number, message.Request);
        }

        switch (Interfere?.Invoke(number, message.Request) ?? StorageFault.None)
        {
            case StorageFault.Refused:
                throw new IOException("The connection was refused (injected).");
            case StorageFault.Busy:
                message.Response = new StorageErrorResponse(503, "Server Busy");
                break;
            case StorageFault.NotAllowed:
                message.Response = new StorageErrorResponse(403, "This request is not authorized to perform this operation.");
                break;
            case StorageFault.LostReply:
                await ProcessNextAsync(message, pipeline);
                message.Response.Dispose();
                throw new IOException("The reply was lost (injected).");
            case StorageFault.CutBody:
                await ProcessNextAsync(message, pipeline);
                message.Response.ContentStream = new CutStream(message.Response.ContentStream!, 100_000);
                break;
            default:
                await ProcessNextAsync(message, pipeline);
                if (After is { } after)
                {
                    await after(number, message.Request);
                }

                break;
        }
    }
}
