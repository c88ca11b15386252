using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>The form that brings a table of identities (specification b.4): part <c>identities</c>, as a file or a field, and perhaps <c>expire</c> in µs since the Unix epoch.</summary>
internal static class IdentityTableForm
{
    private const long MaxBytes = 32 * 1024 * 1024;
    private const int LongestBoundary = 200;
    private const string Table = "identities";
    private const string Expire = "expire";

    private static readonly Failure BadForm = new Failure.Rejected("bad-form", "", "The form cannot be read.");
    private static readonly Failure BadExpire = new Failure.Rejected("bad-expire", Expire, "expire must be a number of microseconds since the Unix epoch.");
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

    /// <summary>Reads the form.</summary>
    /// <returns>The rows; as <see cref="IdentityCsv.ReadAsync"/>, and Rejected for a form that cannot be read or is not complete.</returns>
    public static async Task<Outcome<IReadOnlyList<IdentityRow>>> ReadAsync(HttpRequest request, IdentityFormat format, CancellationToken cancellationToken)
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
            return await IdentityCsv.ReadAsync(table, expire, format, cancellationToken);
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
