using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Murano.Shared.Content;

namespace Murano.Functions.DeviceApi;

/// <summary>Reads which part of a file a request wants, and on what conditions.</summary>
internal static class FileConditions
{
    /// <summary>The conditions in the headers of a request.</summary>
    public static ContentConditions Of(IHeaderDictionary headers) =>
        new(RangeRules.Parse(Single(headers.Range)), headers.IfNoneMatch.ToArray(), headers.IfRange.Count == 0 ? null : Single(headers.IfRange) ?? "");

    // Several lines of a header that stands once mean nothing certain.
    private static string? Single(StringValues lines) => lines.Count == 1 ? lines[0] : null;
}
