using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

public sealed class BodyLimitTests(AzuriteFixture azurite)
{
    // The server counts the lines around a chunk, too.
    private const int ChunkLines = 12;

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 500)]
    public async Task A_body_over_the_host_s_limit_is_a_500(int length, int status)
    {
        await using var app = await RequestApp.StartAsync(azurite, new(), ("LocalHost:MaxRequestBodySize", "1000"));

        Assert.Equal(status, (await RawHttp.ExchangeAsync(app.Http, WithLength(length))).Status);
        Assert.Equal(status, (await RawHttp.ExchangeAsync(app.Http, Chunked(length - ChunkLines))).Status);
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 500)]
    public async Task A_body_over_the_app_s_own_limit_is_a_500(int length, int status)
    {
        await using var app = await TestApp.StartAsync(azurite, new()
        {
            Functions = [typeof(RequestFunctions)],
            Configure = builder => builder.Services
                .AddSingleton<RequestProbe>()
                .Configure<KestrelServerOptions>(server => server.Limits.MaxRequestBodySize = 500),
        });

        Assert.Equal(status, (await RawHttp.ExchangeAsync(app.Http, WithLength(length))).Status);
        Assert.Equal(status, (await RawHttp.ExchangeAsync(app.Http, Chunked(length - ChunkLines))).Status);
    }

    private static string WithLength(int length) => $"POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{new string('x', length)}";

    private static string Chunked(int length) =>
        $"POST /read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{new string('x', length)}\r\n0\r\n\r\n";
}
