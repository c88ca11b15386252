using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Realtime;

/// <summary>Devices and an operator that do all that the live log tells of, and what it should say.</summary>
internal static partial class LogScenario
{
    /// <summary>The token that an operator sets by hand.</summary>
    public static readonly string Key = string.Concat(Enumerable.Repeat("k3yByHand0", 4));

    private const string Who = "\"ip\":\"127.0.0.1\",\"protocol\":\"onep\",\"timestamp\":0";

    private static readonly string[] One =
    [
        $$$"""{"type":"provisioned","identity":"sn-1",{{{Who}}}[none]}""",
        $$$"""{"type":"connect","identity":"sn-1",{{{Who}}}[id][none]}""",
        $$$"""{"type":"data_in","identity":"sn-1",{{{Who}}}[id][site],"payload":[{"timestamp":0,"values":{"temp":"21.5","undefined":"x"}}]}""",
        $$$"""{"type":"data_in","identity":"sn-1",{{{Who}}}[id][site],"payload":[{"timestamp":0,"values":{"temp":"3"}}]}""",
        $$$"""{"type":"data_in","identity":"sn-1",{{{Who}}}[id][site],"payload":[{"timestamp":100000000,"values":{"temp":"a"}},{"timestamp":200000000,"values":{"temp":"b","other":"c"}}]}""",
        """{"type":"data_out","identity":"sn-1","timestamp":0[id][site],"payload":[{"timestamp":0,"values":{"led":"1"}}]}""",
        $$$"""{"type":"content_in","identity":"sn-1",{{{Who}}}[id][site],"payload":{"id":"device2/sn-1/log.txt","length":5,"type":"text/plain"}}""",
        """{"type":"disconnect","identity":"sn-1","timestamp":0[id][site]}""",
        $$$"""{"type":"connect","identity":"sn-1",{{{Who}}}[id][site]}""",
        $$$"""{"type":"data_in","identity":"sn-1",{{{Who}}}[id][site],"payload":[{"timestamp":0,"values":{"temp":"4"}}]}""",
        """{"type":"disconnect","identity":"sn-1","timestamp":0[id][site]}""",
    ];

    private static readonly string[] Two =
    [
        """{"type":"provisioned","identity":"sn-2","timestamp":0[none]}""",
        $$$"""{"type":"connect","identity":"sn-2",{{{Who}}}[id][none]}""",
        $$$"""{"type":"data_in","identity":"sn-2",{{{Who}}}[id][none],"payload":[{"timestamp":0,"values":{"temp":"5"}}]}""",
        """{"type":"disconnect","identity":"sn-2","timestamp":0[id][none]}""",
        """{"type":"deleted","identity":"sn-2","timestamp":0[none]}""",
    ];

    private static readonly string[] Three =
    [
        $$$"""{"type":"provisioned","identity":"sn-3",{{{Who}}}[none]}""",
        $$$"""{"type":"connect","identity":"sn-3",{{{Who}}}[id][none]}""",
        $$$"""{"type":"data_in","identity":"sn-3",{{{Who}}}[id][none],"payload":[{"timestamp":0,"values":{"temp":"6"}}]}""",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What is shown of one of the devices sn-1, sn-2 and sn-3, in order.</summary>
    /// <param name="identity">The device.</param>
    /// <param name="isDelivered">Whether events are delivered too: then tags and connections are known.</param>
    public static IEnumerable<string> Expected(string identity, bool isDelivered) => (identity switch { "sn-1" => One, "sn-2" => Two, _ => Three }).Select(line => line
        .Replace("[id]", isDelivered ? ",\"connection_id\":\"C\"" : "", StringComparison.Ordinal)
        .Replace("[none]", isDelivered ? ",\"tags\":[]" : "", StringComparison.Ordinal)
        .Replace("[site]", isDelivered ? ",\"tags\":[{\"name\":\"site\",\"value\":\"nord\"}]" : "", StringComparison.Ordinal));

    /// <summary>What was seen of a device, in order, without what differs each time.</summary>
    public static IEnumerable<string> Seen(LogViewer viewer, string identity) => viewer.Events.Where(happened => LogViewer.Is(happened, "identity", identity)).Select(Plain);

    /// <summary>An event without sender and number, moments and connection.</summary>
    public static string Plain(JsonElement happened) =>
        Connection().Replace(Moment().Replace(Number().Replace(happened.GetRawText(), ""), "\"timestamp\":0"), "\"connection_id\":\"C\"");

    /// <summary>Does it all.</summary>
    /// <returns>The tokens that devices got.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(TestApp app)
    {
        using var person = SimulatedOperator.Of(app.Run);
        var host = SimulatedDevice.HostOf(app);
        await person.DefineAsync("""{"temp":{"format":"string"},"led":{"format":"string","settable":true}}""");
        var one = await SimulatedDevice.ActivateAsync(app, "sn-1");
        await OkAsync(person, HttpMethod.Post, "identity/sn-1/tag", """{"tags":{"site":["nord"]}}""");
        await one.WriteAsync(("temp", "21.5"), ("undefined", "x"));
        using (await one.PostAsync("temp=3", "?led"))
        {
            await SendAsync(app, one, HttpMethod.Post, "/onep:v1/stack/record", new StringContent("alias=temp&200=b&100=a&alias=other&200=c", Encoding.UTF8, "application/x-www-form-urlencoded"));
        }

        await person.SetAsync("sn-1", """{"led":"1"}""");
        await SendAsync(app, one, HttpMethod.Put, "/provision/upload?id=log.txt", new StringContent("hello", new MediaTypeHeaderValue("text/plain")));
        await person.LockAsync("sn-1");
        await person.LockAsync("sn-1", locked: false);
        await one.WriteAsync(("temp", "4"));
        await person.RevokeAsync("sn-1");

        await OkAsync(person, HttpMethod.Put, "identity/sn-2", $$$"""{"auth":{"type":"token","key":"{{{Key}}}"}}""");
        await SimulatedDevice.With(app.Client, host, "sn-2", Key).WriteAsync(("temp", "5"));
        await person.DeleteAsync("sn-2");

        await person.PatchSettingsAsync("""{"provisioning":{"auth_type":"certificate"}}""");
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = TestCertificates.SelfSigned("CN=sn-3", now.AddDays(-1), now.AddDays(1));
        using var https = app.CreateHttpsClient(certificate);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/onep:v1/stack/alias", UriKind.Relative)) { Content = new StringContent("temp=6", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Host = host;
        using var reply = await https.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        return [one.Token, Key];
    }

    /// <summary>Sends a request as a device does; it is done.</summary>
    public static async Task SendAsync(TestApp app, SimulatedDevice device, HttpMethod method, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Host = SimulatedDevice.HostOf(app);
        request.Headers.Add("X-Exosite-CIK", device.Token);
        using var reply = await app.Client.SendAsync(request, Token);
        Assert.True(reply.IsSuccessStatusCode, $"{path} {reply.StatusCode}");
    }

    /// <summary>An operator's request; it is done.</summary>
    public static async Task OkAsync(SimulatedOperator person, HttpMethod method, string path, string? json)
    {
        using var reply = await person.SendAsync(method, path, json);
        Assert.True(reply.IsSuccessStatusCode, $"{path} {reply.StatusCode} {await reply.Content.ReadAsStringAsync(Token)}");
    }

    [GeneratedRegex(",\"sender\":\"[0-9a-f]{8}\",\"n\":[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("\"timestamp\":1[0-9]{15}\\b", RegexOptions.CultureInvariant)]
    private static partial Regex Moment();

    [GeneratedRegex("\"connection_id\":\"[^\"]+\"", RegexOptions.CultureInvariant)]
    private static partial Regex Connection();
}
