using Murano.Shared;
using Murano.Shared.Content;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>An upload's bytes: the same one over and over, in pieces as a network brings them; perhaps cut.</summary>
public sealed class TestSource(byte fill, long length, Failure? problem = null) : IContentSource
{
    private const int Piece = 100_000;
    private long _left = length;

    /// <summary>Runs once, before the end is told.</summary>
    public Func<Task>? BeforeEnd { get; set; }

    public Failure? Problem { get; private set; }

    public async ValueTask<int> ReadAsync(Memory<byte> target)
    {
        var count = (int)Math.Min(Math.Min(Piece, target.Length), _left);
        target.Span[..count].Fill(fill);
        _left -= count;
        if (count == 0)
        {
            Problem = problem;
            if (BeforeEnd is { } before)
            {
                BeforeEnd = null;
                await before();
            }
        }

        return count;
    }
}
