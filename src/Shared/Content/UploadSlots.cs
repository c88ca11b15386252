using Microsoft.Extensions.Options;

namespace Murano.Shared.Content;

/// <summary>How many uploads an instance takes at once, whoever sends them (<see cref="DeviceOptions.MaxUploads"/>).</summary>
public sealed class UploadSlots(IOptions<DeviceOptions> options)
{
    private readonly int _most = options.Value.MaxUploads;
    private int _taken;

    /// <summary>Runs an upload.</summary>
    /// <returns>What it comes to; Busy when there are too many already.</returns>
    internal async Task<Outcome<T>> RunAsync<T>(Func<Task<Outcome<T>>> upload)
        where T : notnull
    {
        try
        {
            return Interlocked.Increment(ref _taken) <= _most ? await upload() : ContentFailures.TooManyUploads;
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }
}
