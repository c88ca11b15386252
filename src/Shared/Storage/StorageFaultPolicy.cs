using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Murano.Shared.Storage;

/// <summary>Stands before the SDK's retries and turns what is left of faults after them into one exception: <see cref="StorageUnavailableException"/>.</summary>
internal sealed class StorageFaultPolicy : HttpPipelinePolicy
{
    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception fault) when (IsOurs(fault, message))
        {
            throw new StorageUnavailableException("A storage request failed.", fault);
        }

        ThrowIfFault(message);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception fault) when (IsOurs(fault, message))
        {
            throw new StorageUnavailableException("A storage request failed.", fault);
        }

        ThrowIfFault(message);
    }

    /// <summary>Whether a status means that storage could not serve the request, rather than that it said no.</summary>
    /// <remarks>That the app is not let in is such a fault too: its roles take some minutes to count after they were assigned. No caller can mend it, and none did anything wrong.</remarks>
    public static bool IsFault(int status) => status is 401 or 403 or 408 or 429 or >= 500;

    // The SDK wraps the last of several network failures in an AggregateException. A caller's own cancellation is not a fault; a fault at the same moment is.
    private static bool IsOurs(Exception fault, HttpMessage message) =>
        fault is RequestFailedException or AuthenticationFailedException or AggregateException or IOException || (fault is OperationCanceledException && !message.CancellationToken.IsCancellationRequested);

    private static void ThrowIfFault(HttpMessage message)
    {
        if (message.HasResponse && IsFault(message.Response.Status))
        {
            var answer = FormattableString.Invariant($"Storage answered {message.Response.Status}.");
            throw new StorageUnavailableException(answer, new RequestFailedException(message.Response.Status, answer));
        }
    }
}
