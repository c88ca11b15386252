using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Connectors;
using Murano.Shared.Content;
using Murano.Shared.Polls;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>The device API byte for byte: each case is a file in <c>Wire</c>.</summary>
public sealed class WireTests(DeviceAppFixture fixture) : IClassFixture<DeviceAppFixture>
{
    // What a maximum segment on a real link carries: a reply up to here must not come in pieces.
    private const int OneSegment = 1400;

    public static TheoryData<string> Cases => [.. WireCase.Names()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Conversation_goes_as_written(string name)
    {
        var wire = await WireCase.LoadAsync(name);
        var device = await SimulatedDevice.ActivateAsync(fixture.App);
        var text = new WireText(NamesFor(device));
        await using var connection = await RawHttp.ConnectAsync(fixture.App.Http);

        try
        {
            foreach (var step in wire.Steps)
            {
                await RunAsync(step, text, device, connection);
            }
        }
        finally
        {
            if (wire.ChangesSettings)
            {
                await fixture.ResetSettingsAsync();
            }

            await RemoveContentAsync();
        }

        Assert.True(fixture.App.Log.Lines.All(line => !line.StartsWith("Error", StringComparison.Ordinal)), fixture.App.Log.Text);
    }

    private async Task RunAsync(WireStep step, WireText text, SimulatedDevice device, RawHttp connection)
    {
        switch (step.Kind)
        {
            case "given":
                using (var reply = await device.PostAsync(text.Expand(step.Text)))
                {
                    Assert.True(reply.IsSuccessStatusCode, step.Text);
                }

                break;
            case "operator":
                await OperateAsync(text.Expand(step.Argument), text.Expand(step.Text));
                break;
            case "set":
                await SetAsync(device, step.Text);
                break;
            case "content":
                await PutContentAsync(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text.Expand(step.Argument))), text.Content(step.Text), text);
                break;
            case "meanwhile":
                await Eventually.TrueAsync(() => Polls.Asleep == 1, "The poll waits.");
                await SetAsync(device, step.Text);
                break;
            case "request":
                await connection.SendAsync(text.Request(step.Text));
                break;
            case "bytes":
                await connection.SendAsync(text.Expand(step.Text));
                break;
            case "reply":
                var received = await connection.ReadReplyAsync(bodiless: string.Equals(step.Argument, "without body", StringComparison.Ordinal));
                Assert.True(text.IsReply(step, received), $"Expected:\n{step.Text}\n\nReceived:\n{received}");
                text.Note(received.LastModified);
                Assert.True(received.Reads == 1 || received.Bytes.Length > OneSegment, "The reply came in pieces.");
                break;
            case "reads":
                Assert.Equal(step.Text, await device.ReadAsync(step.Argument.Split('&')));
                break;
            case "closed":
                Assert.True(await connection.IsClosedByServerAsync());
                break;
            case "half-close":
                connection.HalfClose();
                break;
            default:
                Assert.Fail($"Unknown step {step.Kind}.");
                break;
        }
    }

    private async Task OperateAsync(string address, string json)
    {
        using var person = SimulatedOperator.Of(fixture.App.Run);
        var (method, path) = (address.Split(' ')[0], address.Split(' ').ElementAtOrDefault(1) ?? "");
        using var reply = await person.SendAsync(new HttpMethod(method), path, json.Length == 0 ? null : json);
        Assert.True(reply.IsSuccessStatusCode, $"{address}: {reply.StatusCode}");
    }

    private HeldPolls Polls => fixture.App.Services.GetRequiredService<HeldPolls>();

    private BlobContentStore Store => fixture.App.Services.GetRequiredService<BlobContentStore>();

    private ConnectorId Connector => ConnectorId.TryParse(fixture.App.Run.Connector, out var id) ? id : throw new InvalidOperationException("There is no connector.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task PutContentAsync(string id, WireContent content, WireText text)
    {
        Assert.True(ContentId.TryParse(id, out var parsed), id);
        Assert.True(MediaType.TryParse(content.Type, out var type), content.Type);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Bytes));
        await Store.PutAsync(Connector, parsed, content.Bytes, content.Bytes.Length, new ContentFacts(type, sha256, content.Modified * 1_000_000, ContentTags.Parse(content.Tags)), Token);
        text.Note("sha256", sha256);
    }

    // The connector's files are everybody's: the next case must not see them.
    private async Task RemoveContentAsync()
    {
        foreach (var id in await Store.ListAsync(Connector, ContentKeys.Items, CancellationToken.None))
        {
            var item = await Store.FindAsync(Connector, id, CancellationToken.None);
            await Store.DeleteAsync(Connector, id, item!.ETag, CancellationToken.None);
        }
    }

    private async Task SetAsync(SimulatedDevice device, string values)
    {
        using var person = SimulatedOperator.Of(fixture.App.Run);
        await person.SetAsync(device.Identity, values);
    }

    private Dictionary<string, string> NamesFor(SimulatedDevice device) => new(StringComparer.Ordinal)
    {
        ["host"] = SimulatedDevice.HostOf(fixture.App),
        ["connector"] = fixture.App.Run.Connector!,
        ["identity"] = device.Identity,
        ["token"] = device.Token,
        ["basic"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(":" + device.Token)),
        ["fresh"] = Names.Identity(),
        ["domain"] = SimulatedDevice.HostOf(fixture.App)[(fixture.App.Run.Connector!.Length + 1)..],
    };
}
