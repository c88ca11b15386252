using System.Net;
using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Documents;

/// <summary>Stands where the network would be: keeps the rows of a write, finds nothing for a read, and sends nothing.</summary>
internal sealed partial class RecordingHandler(string prefix) : HttpMessageHandler
{
    /// <summary>All rows so far.</summary>
    public List<StoredRow> Rows { get; } = [];

    /// <summary>Names of the metadata of all blobs so far.</summary>
    public List<string> Metadata { get; } = [];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        const string Meta = "x-ms-meta-";
        Metadata.AddRange(request.Headers.Where(header => header.Key.StartsWith(Meta, StringComparison.OrdinalIgnoreCase)).Select(header => header.Key[Meta.Length..]));
        if (Metadata.Count > 0)
        {
            throw new RecordedException();
        }

        var table = request.RequestUri!.AbsolutePath;
        foreach (var line in (await request.Content!.ReadAsStringAsync(cancellationToken)).Split('\n'))
        {
            // A transaction holds one request after the other, each with its own address.
            if (Address().Match(line) is { Success: true } address)
            {
                table = new Uri(address.Groups[1].Value).AbsolutePath;
            }
            else if (line.StartsWith('{'))
            {
                Rows.Add(StoredRow.Parse(table.Trim('/').Split('(')[0][prefix.Length..], line));
            }
        }

        throw new RecordedException();
    }

    [GeneratedRegex("^[A-Z]+ (http\\S+) HTTP/1\\.1")]
    private static partial Regex Address();
}
