using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>
/// One upload on its way to storage, in blocks: one is filled while the one before it is on its way, and more is never held. What is not committed is
/// never seen, and storage forgets it after a week. Whoever has one disposes of it.
/// </summary>
internal sealed class ContentUpload(BlobContentStore store, ConnectorId connector, ContentId id, TimeSpan deadline, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Size of a block in bytes.</summary>
    public const int BlockBytes = 1024 * 1024;

    // A slow sender holds little more than what it has sent.
    private const int FirstBytes = 64 * 1024;
    private const int Growth = 4;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> _blocks = [];

    // Two uploads of one id never name a block alike, and all names have the same length, as storage wants it.
    private readonly string _name = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private byte[] _filling = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _room = FirstBytes;
    private int _count;
    private long _length;
    private byte[]? _leaving;
    private Task _staging = Task.CompletedTask;

    /// <summary>SHA-256 of what was taken, in lower-case hexadecimal digits; nothing can be taken after.</summary>
    public string Sha256 => field ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>Bytes that were taken.</summary>
    public long Length => _length;

    /// <summary>Takes all that the source has.</summary>
    /// <returns>Null when it is the whole and small enough; else why not.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Failure?> TakeAsync(IContentSource source)
    {
        int read;
        while ((read = await source.ReadAsync(_filling.AsMemory(_count, _room - _count))) > 0)
        {
            _length += read;
            if (_length >= ContentLimits.TooManyBytes)
            {
                return ContentFailures.TooLarge;
            }

            _hash.AppendData(_filling, _count, read);
            _count += read;
            if (_count == _room)
            {
                await MakeRoomAsync();
            }
        }

        return source.Problem;
    }

    /// <summary>Makes a file of what was taken, or replaces one.</summary>
    /// <returns>The version that is there now; null when another upload came between.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; it may have done it all the same.</exception>
    public async Task<string?> CommitAsync(MediaType type, ContentTags tags)
    {
        var facts = new ContentFacts(type, Sha256, time.GetUnixMicros(), tags);
        if (_blocks.Count == 0)
        {
            using var one = new CancellationTokenSource(deadline, time);
            return await store.PutAsync(connector, id, _filling, _count, facts, one.Token);
        }

        if (_count > 0)
        {
            await SendAsync();
        }

        await _staging;
        using var step = new CancellationTokenSource(deadline, time);
        return await store.CommitAsync(connector, id, _blocks, facts, step.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _staging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ArrayPool<byte>.Shared.Return(_filling);

        // Of a failed block it is not sure that the network has let go.
        if (_leaving is not null && _staging.IsCompletedSuccessfully)
        {
            ArrayPool<byte>.Shared.Return(_leaving);
        }

        _hash.Dispose();
    }

    private Task MakeRoomAsync()
    {
        if (_room == BlockBytes)
        {
            return SendAsync();
        }

        _room = Math.Min(_room * Growth, BlockBytes);
        var larger = ArrayPool<byte>.Shared.Rent(_room);
        _filling.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_filling);
        _filling = larger;
        return Task.CompletedTask;
    }

    private async Task SendAsync()
    {
        await _staging;
        var block = Convert.ToBase64String(Encoding.ASCII.GetBytes(_name + _blocks.Count.ToString("D8", CultureInfo.InvariantCulture)));
        _blocks.Add(block);
        var next = _leaving ?? ArrayPool<byte>.Shared.Rent(BlockBytes);
        (_leaving, _filling) = (_filling, next);
        _staging = StageAsync(block, _leaving, _count);
        _count = 0;
    }

    private async Task StageAsync(string block, byte[] bytes, int count)
    {
        using var step = new CancellationTokenSource(deadline, time);
        await store.StageAsync(connector, id, block, bytes, count, step.Token);
    }
}
