namespace Murano.Functions.DeviceApi;

/// <summary>A request's body as it is sent: counts its bytes, and can look at the first two before they are read.</summary>
internal sealed class WireStream(Stream body) : Stream
{
    private readonly byte[] _first = new byte[2];
    private int _peeked;
    private int _given;

    /// <summary>Bytes that have come so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first bytes, two if the body has so many, once <see cref="PeekAsync"/> is through.</summary>
    public ReadOnlySpan<byte> Peeked => _first.AsSpan(0, _peeked);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Looks at the first bytes.</summary>
    /// <returns>Whether there are any.</returns>
    public async ValueTask<bool> PeekAsync()
    {
        int read;
        while (_peeked < _first.Length && (read = await body.ReadAsync(_first.AsMemory(_peeked))) > 0)
        {
            _peeked += read;
            Count += read;
        }

        return _peeked > 0;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given < _peeked)
        {
            var count = Math.Min(buffer.Length, _peeked - _given);
            _first.AsMemory(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }

        var read = await body.ReadAsync(buffer, cancellationToken);
        Count += read;
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
