using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Murano.Shared;
using Murano.Shared.Events;
using Murano.Shared.Events.Delivery;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Shared.Storage;
using Murano.Unit.Tests.Documents;
using Murano.Unit.Tests.Tags;

namespace Murano.Unit.Tests.Events;

/// <summary>docs/live.md shows events as they are sent, and code that works.</summary>
public sealed partial class EventDocumentTests
{
    private const long Time = 1_500_000_000_000_000;

    private static readonly string Text = Repository.Read("docs/live.md").Split("\n## Events to your own code\n")[1];

    private static readonly DeviceKey Device = new(Connectors.Connectors.Id, IdentityId.TryParse("pump-1", out var identity) ? identity : default);

    private static readonly EventPoint Written = new(Time, [new EventValue("temperature", "21.5"u8.ToArray(), ValueKind.Text)]);

    [Fact]
    public void Each_type_that_happens_is_shown_as_it_is_sent()
    {
        var asked = new DeviceEvent { Type = EventType.Provisioned, Device = Device, Time = Time, Address = "203.0.113.7", Protocol = "onep" };
        var own = new DeviceEvent { Type = EventType.Expired, Device = Device, Time = Time };
        DeviceEvent[] all =
        [
            asked,
            asked with { Type = EventType.Connect, ConnectionId = "c1" },
            own with { Type = EventType.Disconnect, ConnectionId = "c1" },
            asked with { Type = EventType.DataIn, Points = [Written] },
            own with { Type = EventType.DataOut, Points = [new EventPoint(Time, [new EventValue("setpoint", "20"u8.ToArray(), ValueKind.Number), new EventValue("on", "true"u8.ToArray(), ValueKind.Boolean)])] },
            asked with { Type = EventType.ContentIn, File = new EventFile("device2/pump-1/log", 1024, "text/plain") },
            own,
            own with { Type = EventType.Deleted },
        ];

        Assert.Equal(
            all.Select(happened => $"{EventTypeNames.Of(happened.Type)} {JsonText.Of(json => EventJson.Write(json, happened))}"),
            Row().Matches(Text).Select(match => $"{match.Groups["type"].Value} {match.Groups["data"].Value}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void The_whole_of_an_event_is_shown_as_it_is_sent()
    {
        var happened = new DeviceEvent { Type = EventType.DataIn, Device = Device, Time = Time, Address = "203.0.113.7", Protocol = "onep", ConnectionId = "c1", Tags = [TagNameTests.New("site", "oslo")], Points = [Written] };
        var sent = CloudEventRules.Encode(CloudEventRules.Of(new OutboxEvent(Device, Time, EventType.DataIn, Time, JsonText.BytesOf(json => EventJson.Write(json, happened)))));

        Assert.Equal(
            JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(sent.Span)),
            JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Block("json"))),
            StringComparer.Ordinal);
    }

    [Fact]
    public void The_receiver_that_is_shown_is_the_one_that_is_tested() => Assert.Equal(Repository.Read("tests/Integration.Tests/Events/MuranoReceiver.cs").TrimEnd('\n'), Block("csharp"), StringComparer.Ordinal);

    [Fact]
    public async Task The_check_in_JavaScript_lets_the_published_example_pass_and_nothing_else()
    {
        const string Calls = """
            const headers = { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' };
            const check = (body, now, more) => isGenuine('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { ...headers, ...more }, body, now * 1000);
            const body = '{"test": 2432232314}';
            const passes = [
              check(body, 1614265330),
              check(body, 1614265600, { 'webhook-signature': `v1,other ${headers['webhook-signature']}` }),
              check(body + ' ', 1614265330),
              check(body, 1614265700),
              check(body, 1614265330, { 'webhook-id': 'other' }),
              check(body, 1614265330, { 'webhook-signature': undefined }),
              check(body, 1614265330, { 'webhook-timestamp': undefined }),
            ];
            process.stdout.write(passes.join());
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", $"{Block("js")}\n{Calls}"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var printed = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("true,true,false,false,false,false,false", printed);
    }

    // The first block of a language in the section.
    private static string Block(string language) => Regex.Match(Text, $"^```{language}\\n(.*?)\\n```$", RegexOptions.Multiline | RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups[1].Value;

    [GeneratedRegex("^\\| `(?<type>[a-z_]+)` \\| [^|]+ \\| `(?<data>\\{[^`]+)` \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
