using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Events;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>The greatest requests, and what is beyond them.</summary>
public sealed class EventSizeTests(AzuriteFixture azurite)
{
    private static readonly Random Seeded = new(97);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("control characters", 1, 31)]
    [InlineData("ASCII", 1, 127)]
    [InlineData("quotes and backslashes", '"', '\\')]
    [InlineData("two bytes", 0x80, 0x7FF)]
    [InlineData("three bytes", 0x800, 0xD7FF)]
    [InlineData("private use", 0xE000, 0xF8FF)]
    [InlineData("four bytes", 0x10000, 0x10FFFF)]
    public async Task The_greatest_write_is_told_whatever_it_holds(string what, int first, int last)
    {
        var receiver = new Receiver { Answer = _ => new DeliveryResult.Failed("down") };
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var values = Enumerable.Range(0, StateLimits.MaxAliases)
            .Select(i => (Alias: Text(0x800, 0xD7FF, (Alias.MaxEncodedLength - 4) * 3) + i.ToString("D3", CultureInfo.InvariantCulture), Value: Text(first, last, StateLimits.MaxRequestValueBytes / StateLimits.MaxAliases)))
            .ToArray();

        await fleet.One.WriteAsync(token, values).Ok();
        await fleet.One.Get<OutboxDelivery>().StopAsync(Token);
        var row = (await fleet.RowsAsync("devices")).Single(row => row.RowKey.StartsWith("outbox!", StringComparison.Ordinal));
        receiver.Answer = null;
        await EventFleet.SweepAsync(fleet);

        var stored = row.Sum(property => property.Value is byte[] part ? part.Length : 0);
        Assert.True(row.ContainsKey("Data1") && stored <= OutboxEntities.MaxStoredBytes, $"{what}: {stored} bytes");
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {stored} bytes of {receiver.Taken.Single().Data.Length}");
        var told = JsonSerializer.Deserialize<JsonElement>(receiver.Texts.Single()).GetProperty("payload")[0].GetProperty("values").EnumerateObject();
        Assert.Equal(values, told.Select(value => (value.Name, value.Value.GetString()!)));
    }

    [Fact]
    public async Task A_name_that_is_longer_than_any_alias_is_not_told()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        await fleet.One.WriteAsync(token, (Text(1, 127, 1_500_000), "1"), ("temp", "2"), (new string('a', Alias.MaxEncodedLength), "3")).Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Contains($$"""{"temp":"2","{{new string('a', Alias.MaxEncodedLength)}}":"3"}""", Assert.Single(receiver.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_of_more_points_than_an_event_carries_is_refused_where_it_is_to_be_told_only()
    {
        const int Most = 50_000;
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(app.Management.App);
        await app.Management.OkAsync("PATCH", "", JsonSerializer.Serialize(new { events = new { types = (string[])["data_in"], destination = new { url = receiver.Url } } }));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await RecordAsync(app, device, Body(Most + 1)));
        Assert.Equal(HttpStatusCode.NoContent, await RecordAsync(app, device, Body(Most)));

        await Eventually.TrueAsync(() => receiver.All.Count > 0, "It is told.");
        Assert.Equal(Most, JsonSerializer.Deserialize<JsonElement>(receiver.All[0].Body).GetProperty("data").GetProperty("payload").GetArrayLength());
        Assert.Single(receiver.All);

        // Few, but of names that no compression makes small.
        var names = Enumerable.Range(0, StateLimits.MaxAliases).Select(i => Text(0x800, 0xD7FF, (Alias.MaxEncodedLength - 1) * 3)).ToArray();
        var few = string.Join('&', Enumerable.Range(0, 950).Select(i => string.Create(CultureInfo.InvariantCulture, $"alias={names[i % names.Length]}&{i + 1}={Text(0x800, 0xD7FF, 500)}")));
        Assert.InRange(Encoding.UTF8.GetByteCount(few), 1_500_000, 2 * 1024 * 1024);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await RecordAsync(app, device, few));

        await app.Management.OkAsync("PATCH", "", """{"events":{"destination":null}}""");
        Assert.Equal(HttpStatusCode.NoContent, await RecordAsync(app, device, Body(Most + 1)));
        Assert.Equal(HttpStatusCode.NoContent, await RecordAsync(app, device, few));
    }

    private static string Body(int points) => "alias=temp&" + string.Join('&', Enumerable.Range(1, points).Select(second => string.Create(CultureInfo.InvariantCulture, $"{second}=x")));

    private static async Task<HttpStatusCode> RecordAsync(EventApp app, SimulatedDevice device, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/onep:v1/stack/record", UriKind.Relative));
        request.Headers.Host = SimulatedDevice.HostOf(app.Management.App);
        request.Headers.Add("X-Exosite-CIK", device.Token);
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var reply = await app.Management.App.Client.SendAsync(request, Token);
        return reply.StatusCode;
    }

    // Of so many bytes in UTF-8 at most, and of random characters between two.
    private static string Text(int first, int last, int bytes)
    {
        var text = new StringBuilder();
        lock (Seeded)
        {
            for (var rune = Next(); bytes >= rune.Utf8SequenceLength; rune = Next())
            {
                text.Append(rune.ToString());
                bytes -= rune.Utf8SequenceLength;
            }
        }

        return text.ToString();

        Rune Next() => first == '"' ? new Rune(Seeded.Next(2) == 0 ? '"' : '\\') : new Rune(Seeded.Next(first, last + 1));
    }
}
