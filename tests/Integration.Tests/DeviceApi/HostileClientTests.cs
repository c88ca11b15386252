using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Requests damaged in all their parts, over real sockets: the app blames the client, and goes on.</summary>
public sealed partial class HostileClientTests(AzuriteFixture azurite)
{
    private const int Devices = 8;
    private const long HostLimit = 104_857_600;

    private static readonly Gen<string> Methods = Gen.Frequency((8, Inputs.OneOf("GET", "POST")), (2, Inputs.OneOf("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "G\0T", "GET\t", "", new string('M', 300))));

    private static readonly Gen<string> Targets = Gen.Frequency(
        (8, Inputs.OneOf("/onep:v1/stack/alias?temperature", "/onep:v1/stack/alias", "/onep:v1/stack/alias?temperature&humidity", "/provision/activate", "/timestamp", "/ip", "/onep:v1/stack/record", "/onep:v1/stack/alias/temperature")),
        (2, Gen.Select(Inputs.OneOf("/onep:v1/stack/alias?", "/onep:v1/stack/alias/", "/provision/", "/api:1/service/x/device2/identity/", "http://a/", "/"), Inputs.TextOf("a", "%", "%00", "%2F", "%ff", "&", "=", "+", "é", "/", "//", "..", "?", "#", ";", "\0", "%ED%A0%80", "[", "\\"), (head, tail) => head + Latin(tail))),
        (1, Inputs.OneOf("*", "", "a:80", "//", "/%", "/..;/", "http://", "/\u00ff\u00fe", "/" + new string('x', 9000), "/onep:v1/stack/alias?" + new string('%', 7000), "/onep:v1/stack/alias?" + string.Join('&', Enumerable.Range(0, 500)))));

    private static readonly Gen<string> Versions = Gen.Frequency((20, Gen.Const(" HTTP/1.1")), (2, Gen.Const(" HTTP/1.0")), (1, Inputs.OneOf(" HTTP/2.0", " HTTP/1.2", " HTTP/1.10", "", " ", " HTTP", " HTTP/1.1 ")));

    private static readonly Gen<string> Extras = Inputs.OneOf(
        "Request-Timeout: 1", "Request-Timeout: -1", "Request-Timeout: 99999999999999999999", "Request-Timeout:", "If-Modified-Since: 0", "If-Modified-Since: Fri, 14 Jul 2017 02:40:00 GMT", "If-Modified-Since: 1e99", "If-Not-Modified-Since: \u00e9",
        "Content-Encoding: gzip", "Content-Encoding: deflate", "Content-Encoding: br", "Content-Type: multipart/form-data; boundary=", "Content-Type: \u00ff", "Accept: */*", "Accept:", "Accept-Encoding: gzip, *;q=0",
        "x-ms-invocation-id: 1", "x-ms-invocation-id: \u00e9", "x-ms-client-request-id:", "x-functions-key: a", "X-ARR-ClientCert: AAAA", "X-ARR-ClientCert: \u00ff", "X-Forwarded-For: 1.2.3.4, \u00e9, ::::", "X-Forwarded-Host: evil", "X-Original-URL: /x",
        "traceparent: 00-0-0-0", "traceparent: \u00e9", "Forwarded: for=\"", "TE: trailers", "Trailer: X", "Expect: 100-continue", "Expect: nothing", "Connection: close", "Connection: upgrade", "Upgrade: websocket", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk",
        "Connection: keep-alive, X-Exosite-CIK", "Keep-Alive: 0", "Range: bytes=0-", "Cookie: a=b; \u00ff", "Authorization: Basic \u00e9", "Authorization: token", "Authorization: Basic Og==", "Authorization: Basic //////8=", "X-Exosite-CIK: \u00e9", "X-Exosite-CIK:",
        "X: " + new string('y', 5000), "X: " + new string('y', 40_000), string.Join("\r\n", Enumerable.Repeat("A: b", 120)), "NoColon", ": novalue", "Na me: x", "Folded: a\r\n b", "Nul: a\0b", "Bare: a\nb", "Name\u00e9: x", "Host: twice", "");

    private static readonly Gen<string> Bodies = Gen.Frequency(
        (3, Inputs.BytesOf("temperature", "=", "&", "21", "humidity", "%", "%zz", "%FF", "+", "alias", "1500000000", "id", "sn", "a=1&", "é", "\r\n").Select(Encoding.Latin1.GetString)),
        (3, Inputs.OneOf("temperature=21", "id=\u00e9", "id=%ED%A0%80", "id=a%2Fb", "alias=temperature&1500000000=2", "temperature=1&" + new string('a', 70_000) + "=", "setpoint=" + new string('x', 70_000))),
        (1, Gen.Byte.Array[0, 300].Select(Encoding.Latin1.GetString)));

    private static readonly Gen<(string Header, Func<string, string> Frame)> Framings = Gen.Frequency<(string, Func<string, string>)>(
        (8, Gen.Const<(string, Func<string, string>)>(("Content-Length: {0}", body => body))),
        (3, Gen.Const<(string, Func<string, string>)>(("Transfer-Encoding: chunked", body => string.Concat(body.Chunk(9).Select(chunk => string.Create(CultureInfo.InvariantCulture, $"{chunk.Length:x};e=1\r\n{new string(chunk)}\r\n"))) + "0\r\nT: x\r\n\r\n"))),
        (2, Inputs.OneOf<(string, Func<string, string>)>(
            ("Transfer-Encoding: chunked", body => body),
            ("Transfer-Encoding: chunked", body => "FFFFFFFFFFFFFFFF\r\n" + body),
            ("Transfer-Encoding: chunked", body => "-1\r\n" + body),
            ("Transfer-Encoding: chunked", body => "5\r\nabc"),
            ("Transfer-Encoding: chunked", body => "3\nabc\n0\n\n"),
            ("Transfer-Encoding: chunked", body => new string('0', 5000) + "\r\n\r\n"),
            ("Transfer-Encoding: gzip, chunked", body => "0\r\n\r\n"),
            ("Transfer-Encoding: identity", body => body),
            ("Transfer-Encoding: chunked\r\nContent-Length: 3", body => "0\r\n\r\n"),
            ("Content-Length: 1\r\nContent-Length: 2", body => body),
            ("Content-Length: -1", body => body),
            ("Content-Length: 99999999999999999999", body => body),
            ("Content-Length: 5, 5", body => body),
            ("Content-Length: 1000", body => body),
            ("Content-Length: 0", body => body),
            ("Content-Length: +5", body => body),
            ("", body => body))));

    [Fact, Spec("a.2/5"), Spec("a.4/4")]
    public async Task No_bytes_are_the_servers_fault()
    {
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LongPoll:MaxWait"] = "00:00:01" } });
        using (var person = SimulatedOperator.Of(app.Run))
        {
            await person.DefineAsync("""{"temperature":{"format":"number"},"humidity":{"format":"string"},"setpoint":{"format":"string","settable":true}}""");
        }

        List<SimulatedDevice> devices = [];
        for (var i = 0; i < Devices; i++)
        {
            devices.Add(await SimulatedDevice.ActivateAsync(app));
        }

        var answered = 0;
        await Requests(SimulatedDevice.HostOf(app), [.. devices.Select(device => device.Token)]).SampleAsync(
            async request =>
            {
                var reply = await ExchangeAsync(app.Http, request);
                var status = StatusLine().Match(reply) is { Success: true } line ? int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
                Interlocked.Add(ref answered, status is 0 ? 0 : 1);

                // 505 is the server's word for a version of HTTP that nobody speaks, and 500 the host's for a body that is announced as longer than it takes.
                Assert.True(status is < 500 or 505 || (status is 500 && AnnouncesTooMuch(request)), $"{reply}\n{app.Log.Text}");
            },
            iter: LongRun.Of(2000, 100_000),
            threads: 4,
            print: bytes => Encoding.Latin1.GetString(bytes));

        Assert.True(answered > LongRun.Of(1000, 50_000), "Most requests were answered, not only dropped.");
        foreach (var device in devices)
        {
            await device.WriteAsync(("humidity", "good"));
            Assert.Equal("humidity=good", await device.ReadAsync("humidity"));
        }

        Assert.DoesNotContain(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\r\nContent-Length: ?(\d+)\r\n")]
    private static partial Regex Length();

    [GeneratedRegex(@"\AHTTP/1\.1 (\d{3}) ")]
    private static partial Regex StatusLine();

    private static Gen<byte[]> Requests(string host, string[] tokens)
    {
        var heads = Gen.Select(
            Methods,
            Targets,
            Versions,
            Gen.Frequency((12, Gen.Const($"Host: {host}")), (1, Inputs.OneOf("", "Host:", "Host: \u00e9", "Host: a b", "Host: [::1", "Host: nobody.example", $"Host: {host}:99999"))),
            Gen.Frequency((6, Inputs.OneOf(tokens).Select(token => $"X-Exosite-CIK: {token}")), (2, Inputs.OneOf(tokens).Select(token => $"Authorization: token {token}")), (1, Inputs.OneOf("", "X-Exosite-CIK: 0123456789012345678901234567890123456789"))));
        var whole = Gen.Select(heads, Extras.Array[0, 3], Bodies, Framings, (head, extras, body, framing) =>
        {
            var (method, target, version, named, credential) = head;
            var length = string.Format(CultureInfo.InvariantCulture, framing.Header, body.Length);
            var lines = ((string[])[named, credential, length, .. extras]).Where((line, i) => i > 2 || line.Length > 0);
            return Encoding.Latin1.GetBytes($"{method} {target}{version}\r\n{string.Join("\r\n", lines)}\r\n\r\n{framing.Frame(body)}");
        });
        return Gen.Frequency((6, whole), (3, Inputs.Damaged(whole)), (1, Gen.Byte.Array[0, 200]));
    }

    private static bool AnnouncesTooMuch(byte[] request) =>
        Length().Match(Encoding.Latin1.GetString(request)) is { Success: true } length && long.TryParse(length.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > HostLimit;

    // The bytes of a text's UTF-8, one character each.
    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ExchangeAsync(Uri address, byte[] request)
    {
        await using var connection = await RawHttp.ConnectAsync(address);
        try
        {
            await connection.SendAsync(request);
            connection.HalfClose();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // The server had enough of it already.
        }

        return Encoding.Latin1.GetString(await connection.ReadToEndAsync());
    }
}
