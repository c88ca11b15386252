namespace Murano.Shared.Content;

/// <summary>Where the bytes of an upload come from. Faults of the sender are values here.</summary>
public interface IContentSource
{
    /// <summary>Why the bytes that were read are not the whole; null = so far nothing is wrong.</summary>
    Failure? Problem { get; }

    /// <summary>Reads on; never waits for longer than the sender is there.</summary>
    /// <returns>Number of bytes; 0 at the end, and then <see cref="Problem"/> says whether it is the end of the whole.</returns>
    ValueTask<int> ReadAsync(Memory<byte> target);
}
