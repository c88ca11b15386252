using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Content;

namespace Murano.Functions.ManagementApi;

/// <summary>An upload as a form (specification b.5): first the inputs that were given out with the address, then the file, which is read as it comes.</summary>
internal sealed class UploadForm(StreamedBody body) : IContentSource
{
    /// <summary>Name of the part that is the file.</summary>
    public const string Field = "file";

    private const string Type = "type";
    private const string Sha256 = "sha256";
    private const string Tags = "tags";
    private const int MostInputs = 20;
    private const int MostBytes = 16 * 1024;
    private const int LongestBoundary = 200;

    private static readonly Failure Broken = new Failure.Rejected("bad-form", "", "The body is to be multipart/form-data, all inputs first, then the file.");

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Stream? _file;

    /// <inheritdoc/>
    public Failure? Problem { get; private set; }

    /// <summary>What a client is to send before the file.</summary>
    public static IEnumerable<(string Name, string Value)> InputsOf(ContentTerms terms)
    {
        yield return (Type, terms.Type.Value);
        if (terms.Sha256.Length > 0)
        {
            yield return (Sha256, terms.Sha256);
        }

        if (terms.Tags.Json.Length > 0)
        {
            yield return (Tags, terms.Tags.Json);
        }
    }

    /// <summary>Reads up to the file.</summary>
    /// <returns>What the inputs say, as far as it can be; Rejected for a form that is none, or has no file.</returns>
    public async Task<Outcome<ContentTerms>> ReadTermsAsync(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var media)
            || !media.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(media.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            return Broken;
        }

        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        var buffer = new byte[MostBytes];
        try
        {
            var reader = new MultipartReader(boundary.Value!, new SourceStream(body));
            while (inputs.Count <= MostInputs && await reader.ReadNextSectionAsync(CancellationToken.None) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !(disposition.IsFormDisposition() || disposition.IsFileDisposition()))
                {
                    return Broken;
                }

                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (string.Equals(name, Field, StringComparison.Ordinal))
                {
                    _file = section.Body;
                    return Terms(inputs);
                }

                var count = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, CancellationToken.None);
                if (count == buffer.Length)
                {
                    return Broken;
                }

                inputs[name] = Strict.GetString(buffer, 0, count);
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or DecoderFallbackException)
        {
            return body.Problem ?? Broken;
        }

        return body.Problem ?? Broken;
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> target)
    {
        if (Problem is not null || _file is null)
        {
            return 0;
        }

        try
        {
            return await _file.ReadAsync(target, CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            Problem = body.Problem ?? Broken;
            return 0;
        }
    }

    // What was not signed cannot hold, whatever it is read as.
    private static ContentTerms Terms(Dictionary<string, string> inputs) => new()
    {
        Type = MediaType.TryParse(inputs.GetValueOrDefault(Type), out var type) ? type : MediaType.Unknown,
        Sha256 = inputs.GetValueOrDefault(Sha256) ?? "",
        Tags = ContentTags.Parse(inputs.GetValueOrDefault(Tags)),
    };
}
