using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Admin;

/// <summary>
/// A server on loopback that shows devices as Murano did (specification b): log-in by e-mail, pages by the time of the last contact, fields that are left out, tags in either
/// layout, values and tags under addresses of their own, files in two steps. It refuses every third request at first.
/// </summary>
internal sealed class OldMurano : IAsyncDisposable
{
    public const string Connector = "u1rnqm3kgg2u80000";
    public const string Email = "owner@example.com";
    public const string Password = "open-sesame";
    public const string Session = "session-of-the-owner";

    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    private LoopbackServer? _server;
    private int _requests;

    private OldMurano()
    {
    }

    /// <summary>Identities as the list shows them: the JSON, and when it was seen, µs.</summary>
    public List<(string Json, long Seen)> Listed { get; } = [];

    /// <summary>Bodies by path and query below <c>/api:1/service/{connector}/</c>; what is not there is 404.</summary>
    public Dictionary<string, string> Bodies { get; } = new(StringComparer.Ordinal);

    /// <summary>Refusals by path, as <see cref="Bodies"/>.</summary>
    public Dictionary<string, int> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that signed addresses lead to.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether every third request is refused with 429 or 503.</summary>
    public bool Throttles { get; set; }

    /// <summary>Whether a page begins at <c>before</c> and not behind it.</summary>
    public bool IncludesBefore { get; set; }

    /// <summary>What stands in place of a file's signed address, by its id.</summary>
    public Dictionary<string, string> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs before each page of the list, with the page's <c>before</c>; null = it begins at the top.</summary>
    public Action<long?>? BeforePage { get; set; }

    /// <summary>How often sessions ended before their time.</summary>
    public int SessionEnds { get; set; }

    /// <summary>What was asked: method, path and query.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public string Url => $"http://localhost:{_server!.Port}";

    public static async Task<OldMurano> StartAsync()
    {
        var murano = new OldMurano();
        murano._server = await LoopbackServer.StartAsync(murano.AnswerAsync);
        return murano;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Path.Value!);
        Asked.Enqueue($"{context.Request.Method} {path}{context.Request.QueryString}");
        if (Throttles && Interlocked.Increment(ref _requests) % 3 == 0)
        {
            context.Response.StatusCode = _requests % 2 == 0 ? 429 : 503;
            context.Response.Headers.RetryAfter = "3";
            return;
        }

        if (path.StartsWith("/signed/", StringComparison.Ordinal))
        {
            // A signed address of another service would refuse a second credential.
            context.Response.StatusCode = context.Request.Headers.Authorization.Count > 0 ? 400 : 200;
            await context.Response.WriteAsync(Files[path["/signed/".Length..]]);
            return;
        }

        if (path is "/api:1/token/")
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            context.Response.StatusCode = body.Contains($"\"{Email}\"", StringComparison.Ordinal) && body.Contains($"\"{Password}\"", StringComparison.Ordinal) ? 200 : 401;
            await context.Response.WriteAsync(context.Response.StatusCode == 200 ? $$"""{"token":"{{Session}}"}""" : """{"message":"Invalid login","code":401}""");
            return;
        }

        if (context.Request.Headers.Authorization.ToString() is not $"token {Session}" || SessionEnds-- > 0)
        {
            context.Response.StatusCode = 401;
            return;
        }

        var service = $"/api:1/service/{Connector}/";
        var rest = path.StartsWith(service, StringComparison.Ordinal) ? path[service.Length..] : path;
        if (Refused.TryGetValue(rest, out var status))
        {
            context.Response.StatusCode = status;
            return;
        }

        var answer = rest is "device2/identity/" ? Page(context.Request.Query)
            : Bodies.TryGetValue(rest, out var known) ? known
            : rest.EndsWith("/download", StringComparison.Ordinal) ? OfferOf(rest["content/item/".Length..^"/download".Length])
            : null;
        context.Response.StatusCode = answer is null ? 404 : 200;
        await context.Response.WriteAsync(answer ?? """{"code":404,"message":"Not Found"}""");
    }

    private string OfferOf(string id) => $$"""{"url":"{{Addresses.GetValueOrDefault(id, $"{Url}/signed/{id}")}}","method":"GET","id":"x"}""";

    private string Page(IQueryCollection query)
    {
        var limit = int.Parse(query["limit"].ToString(), CultureInfo.InvariantCulture);
        var before = long.TryParse(query["before"].ToString(), CultureInfo.InvariantCulture, out var time) ? time : long.MaxValue;
        BeforePage?.Invoke(before == long.MaxValue ? null : before);
        var found = Listed.Where(device => IncludesBefore ? device.Seen <= before : device.Seen < before).OrderByDescending(device => device.Seen).ToList();
        var more = found.Count > limit ? "true" : "false";
        return $$"""{"mayLoadMore":{{more}},"devices":[{{string.Join(',', found.Take(limit).Select(device => device.Json))}}]}""";
    }
}
