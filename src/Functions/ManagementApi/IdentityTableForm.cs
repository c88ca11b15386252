using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Jobs;

namespace Murano.Functions.ManagementApi;

/// <summary>The form that brings a table of identities (specification b.4): part <c>identities</c>, as a file or a field, and perhaps <c>expire</c> in µs since the Unix epoch.</summary>
internal static class IdentityTableForm
{
    private const long MaxBytes = 32 * 1024 * 1024;
    private const int LongestBoundary = 200;
    private const string Table = "identities";
    private const string Expire = "expire";
    private const string DryRun = "dryRun";

    private static readonly Failure BadForm = new Failure.Rejected("bad-form", "", "The form cannot be read.");
    private static readonly Failure BadExpire = new Failure.Rejected("bad-expire", Expire, "expire must be a number of microseconds since the Unix epoch.");
    private static readonly Failure BadDryRun = new Failure.Rejected("bad-parameter", DryRun, "dryRun must be true or false.");
    private static readonly Failure TooLarge = new Failure.TooLarge("body-too-large", FormattableString.Invariant($"A table has at most {MaxBytes} bytes."));

    // What is larger than the threshold waits in a temporary file, which goes with the request.
    private static readonly FormOptions Options = new()
    {
        MultipartBodyLengthLimit = MaxBytes,
        MultipartBoundaryLengthLimit = LongestBoundary,
        ValueLengthLimit = (int)MaxBytes,
        ValueCountLimit = 4,
        MemoryBufferThreshold = 1024 * 1024,
    };

    /// <summary>Reads the form of an import, which may also have a part <c>dryRun</c>.</summary>
    /// <returns>The rows, those that cannot be too; Rejected for a form that cannot be read; as <see cref="JobCsv.ReadAsync"/>.</returns>
    public static Task<Outcome<(IReadOnlyList<JobRow> Rows, bool DryRun)>> ReadRowsAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync<(IReadOnlyList<JobRow> Rows, bool DryRun)>(request, async (text, expire, form) =>
        {
            if (form[DryRun].LastOrDefault() is not (null or "" or "true" or "false"))
            {
                return BadDryRun;
            }

            return (await JobCsv.ReadAsync(text, expire, cancellationToken)).TryGet(out var rows, out var failure)
                ? (rows, string.Equals(form[DryRun].LastOrDefault(), "true", StringComparison.Ordinal))
                : failure;
        }, cancellationToken);

    /// <summary>Reads the form.</summary>
    /// <returns>The rows; as <see cref="IdentityCsv.ReadAsync"/>, and Rejected for a form that cannot be read or is not complete.</returns>
    public static Task<Outcome<IReadOnlyList<IdentityRow>>> ReadAsync(HttpRequest request, IdentityFormat format, CancellationToken cancellationToken) =>
        ReadAsync(request, (text, expire, _) => IdentityCsv.ReadAsync(text, expire, format, cancellationToken), cancellationToken);

    private static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, Func<TextReader, long?, IFormCollection, Task<Outcome<T>>> read, CancellationToken cancellationToken) where T : notnull
    {
        if (request.ContentLength > MaxBytes)
        {
            return TooLarge;
        }

        try
        {
            var form = await new FormFeature(request, Options).ReadFormAsync(cancellationToken);
            long? expire = null;
            if (form[Expire].LastOrDefault() is { Length: > 0 } text)
            {
                if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var micros))
                {
                    return BadExpire;
                }

                expire = micros;
            }

            using var table = form.Files[Table] is { } file ? new StreamReader(file.OpenReadStream(), new UTF8Encoding(false, throwOnInvalidBytes: true)) : (TextReader)new StringReader(form[Table].LastOrDefault() ?? "");
            return await read(table, expire, form);
        }
        catch (InvalidDataException)
        {
            return BadForm;
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException)
        {
            return RequestBody.WhyStopped(request, fault, TooLarge);
        }
    }
}
