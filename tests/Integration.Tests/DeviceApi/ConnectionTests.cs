using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>What clients do to connections that no exchange of texts can show.</summary>
public sealed class ConnectionTests(DeviceAppFixture fixture) : IClassFixture<DeviceAppFixture>
{
    private TestApp App => fixture.App;

    [Fact]
    [Spec("a.12/1")]
    [Spec("a.12/4")]
    public async Task A_write_s_reply_is_one_piece_and_below_200_bytes()
    {
        var device = await SimulatedDevice.ActivateAsync(App);

        var reply = await RawHttp.ExchangeAsync(App.Http, Write(device, "temperature=1"));

        Assert.Equal((204, 1), (reply.Status, reply.Reads));
        Assert.InRange(reply.Bytes.Length, 1, 199);
    }

    [Fact]
    [Spec("a.12/1")]
    public async Task Over_TLS_head_and_body_come_in_one_record()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await device.WriteAsync(("temperature", "21"));
        await using var connection = await RawHttp.ConnectAsync(App.Https, Tls());

        await connection.SendAsync(Head(device, "GET /onep:v1/stack/alias?temperature") + "\r\n");
        var reply = await connection.ReadReplyAsync();

        Assert.Equal((200, 1, "temperature=21"), (reply.Status, reply.Reads, reply.Text));
    }

    [Fact]
    [Spec("a.12/3")]
    public async Task TLS_offers_HTTP_1_1_only()
    {
        var tls = Tls();
        tls.ApplicationProtocols = [SslApplicationProtocol.Http11];
        await using var connection = await RawHttp.ConnectAsync(App.Https, tls);

        await connection.SendAsync($"GET /timestamp HTTP/1.1\r\nHost: {SimulatedDevice.HostOf(App)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK", (await connection.ReadReplyAsync()).StatusLine, StringComparison.Ordinal);
    }

    [Fact]
    [Spec("f/6")]
    public async Task TLS_1_2_is_spoken()
    {
        var tls = Tls();
#pragma warning disable CA5398 // The version is what is tested.
        tls.EnabledSslProtocols = SslProtocols.Tls12;
#pragma warning restore CA5398
        await using var connection = await RawHttp.ConnectAsync(App.Https, tls);

        await connection.SendAsync($"GET /timestamp HTTP/1.1\r\nHost: {SimulatedDevice.HostOf(App)}\r\n\r\n");

        Assert.Equal(200, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    [Spec("a.12/6")]
    public async Task A_client_that_closes_without_reading_has_still_written()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        for (var i = 0; i < 20; i++)
        {
            var value = FormattableString.Invariant($"temperature={i}");
            await using (var connection = await RawHttp.ConnectAsync(App.Http))
            {
                await connection.SendAsync(Write(device, value));
            }

            await Eventually.TrueAsync(async () => string.Equals(await device.ReadAsync("temperature"), value, StringComparison.Ordinal), value);
        }

        AssertNoErrors();
    }

    [Fact]
    public async Task A_client_that_says_it_will_send_no_more_has_still_written()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var connection = await RawHttp.ConnectAsync(App.Http);

        await connection.SendAsync(Write(device, "temperature=5"));
        connection.HalfClose();

        await Eventually.TrueAsync(async () => string.Equals(await device.ReadAsync("temperature"), "temperature=5", StringComparison.Ordinal), "The value is there.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Spec("a.2/5")]
    public async Task Half_a_body_writes_nothing_and_is_no_error(bool reset)
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await using (var connection = await RawHttp.ConnectAsync(App.Http))
        {
            var refused = Refusals();
            await connection.SendAsync(Head(device, "POST /onep:v1/stack/alias") + "Expect: 100-continue\r\nContent-Length: 40\r\n\r\n");
            Assert.Equal(100, (await connection.ReadReplyAsync(bodiless: true)).Status); // The app waits for the body now.
            await connection.SendAsync("temperature=21&humi");
            if (reset)
            {
                connection.Reset();
            }
            else
            {
                connection.HalfClose();
                var received = Encoding.Latin1.GetString(await connection.ReadToEndAsync());
                Assert.True(received.Length == 0 || received.StartsWith("HTTP/1.1 400 Bad Request\r\n", StringComparison.Ordinal), received);
            }

            await Eventually.TrueAsync(() => Refusals() > refused, "The body is found to be incomplete.");
        }

        Assert.Equal("", await device.ReadAsync("temperature"));
        AssertNoErrors();
    }

    [Fact]
    public async Task A_request_in_many_small_pieces_is_one_request()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await using var connection = await RawHttp.ConnectAsync(App.Http);

        foreach (var piece in Write(device, "temperature=21").Chunk(7))
        {
            await connection.SendAsync(new string(piece));
        }

        Assert.Equal(204, (await connection.ReadReplyAsync()).Status);
        Assert.Equal("temperature=21", await device.ReadAsync("temperature"));
    }

    [Fact]
    [Spec("a.11/1")]
    public async Task A_refused_body_of_20_MB_is_drained_before_the_reply()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        const int Size = 20 * 1024 * 1024;
        await using var connection = await RawHttp.ConnectAsync(App.Http);

        await connection.SendAsync(FormattableString.Invariant($"{Head(device, "POST /onep:v1/stack/alias")}Content-Length: {Size}\r\n\r\n"));
        await connection.SendAsync(new byte[Size]);
        var reply = await connection.ReadReplyAsync();

        Assert.Equal((413, "A body has at most 2097152 bytes."), (reply.Status, reply.Text));
        await connection.SendAsync(Write(device, "temperature=1"));
        Assert.Equal(204, (await connection.ReadReplyAsync()).Status);
    }

    [Fact]
    public async Task The_log_never_shows_tokens_or_values()
    {
        var device = await SimulatedDevice.ActivateAsync(App);
        await device.WriteAsync(("temperature", "very-private-reading"));
        using var refused = await device.PostAsync("temperature=very-private-reading&x");

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains($"Identity={device.Identity}", App.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(device.Token, App.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("very-private-reading", App.Log.Text, StringComparison.Ordinal);
    }

    private SslClientAuthenticationOptions Tls() => new()
    {
        TargetHost = "localhost",
        CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(App.Run.Ca) },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    private string Head(SimulatedDevice device, string line) =>
        $"{line} HTTP/1.1\r\nHost: {SimulatedDevice.HostOf(App)}\r\nX-Exosite-CIK: {device.Token}\r\n";

    private string Write(SimulatedDevice device, string body) =>
        FormattableString.Invariant($"{Head(device, "POST /onep:v1/stack/alias")}Content-Length: {body.Length}\r\n\r\n{body}");

    private int Refusals() => App.Log.Lines.Count(line => line.Contains("incomplete-body", StringComparison.Ordinal));

    private void AssertNoErrors() => Assert.True(App.Log.Lines.All(line => !line.StartsWith("Error", StringComparison.Ordinal)), App.Log.Text);
}
