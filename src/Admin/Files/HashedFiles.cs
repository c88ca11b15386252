using System.Security.Cryptography;

namespace Murano.Admin.Files;

/// <summary>Files that are named after the SHA-256 of their bytes, in a folder within a folder. One that is there is whole; the same bytes are kept once.</summary>
internal sealed class HashedFiles(WorkFolder folder, string name)
{
    private const int BufferSize = 128 * 1024;
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    /// <summary>Takes bytes as they come.</summary>
    /// <param name="source">The bytes; never held whole.</param>
    /// <param name="turn">Tells runs apart that take bytes at the same time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Their SHA-256 in hexadecimal digits, and how many they are.</returns>
    public async Task<(string Sha256, long Length)> AddAsync(Stream source, int turn, CancellationToken cancellationToken)
    {
        var arriving = FormattableString.Invariant($"{name}/arriving-{turn}");
        try
        {
            var (sha256, length) = await TakeAsync(source, arriving, cancellationToken);
            File.Move(folder.Unfinished(arriving), PathOf(sha256), overwrite: true);
            return (sha256, length);
        }
        catch
        {
            File.Delete(folder.Unfinished(arriving));
            throw;
        }
    }

    /// <summary>Opens a file.</summary>
    public FileStream Open(string sha256) => File.OpenRead(PathOf(sha256));

    /// <summary>Whether a file of this name and length is there.</summary>
    public bool Has(string sha256, long length) => new FileInfo(PathOf(sha256)) is { Exists: true } file && file.Length == length;

    /// <summary>Whether a file is there and its bytes are those that its name says.</summary>
    public async Task<bool> HoldsAsync(string sha256, CancellationToken cancellationToken) =>
        string.Equals(await folder.HashAsync($"{name}/{sha256}", cancellationToken), sha256, StringComparison.Ordinal);

    private async Task<(string Sha256, long Length)> TakeAsync(Stream source, string arriving, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        await using (var file = folder.Begin(arriving))
        {
            var buffer = new byte[BufferSize];
            while (true)
            {
                using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                silence.CancelAfter(Silence);
                var count = await ReadAsync(source, buffer, silence.Token, cancellationToken);
                if (count == 0)
                {
                    break;
                }

                hash.AppendData(buffer, 0, count);
                length += count;
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }

    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken silence, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, silence);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("No bytes came for minutes.", fault);
        }
    }

    // Names come from files that a person may have changed: nothing else than a hash is one.
    private string PathOf(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower) ? folder[$"{name}/{sha256}"] : throw new AdminException($"{sha256} is no SHA-256.");
}
