using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>The product under an operator's hands: calls as the command line makes them.</summary>
internal sealed class ManagementApp : IAsyncDisposable
{
    private readonly TestApp _app;

    private ManagementApp(TestApp app) => _app = app;

    public TestApp App => _app;

    public string Connector => _app.Run.Connector!;

    public string Secret => _app.Run.Operator!.Secret;

    public OperatorKeys Keys => _app.Services.GetRequiredService<OperatorKeys>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ManagementApp> StartAsync(AzuriteFixture azurite, TestAppOptions? options = null) =>
        new(await TestApp.StartAsync(azurite, options));

    public ConnectorId Id => ConnectorId.TryParse(Connector, out var id) ? id : throw new InvalidOperationException("The app has no connector.");

    /// <summary>Calls below <c>/api:1/service/{connector}/device2</c> with the first key, or another Authorization header.</summary>
    public async Task<(HttpStatusCode Status, string Body)> CallAsync(string method, string path, string? body = null, string? authorization = null)
    {
        using var response = await SendAsync(method, $"/api:1/service/{Connector}/device2{path}", body, authorization ?? $"token {Secret}");
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body, string? authorization)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        return _app.Client.SendAsync(request, Token);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await CallAsync("GET", path);
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    public async Task OkAsync(string method, string path, string? body, HttpStatusCode expected = HttpStatusCode.NoContent)
    {
        var (status, text) = await CallAsync(method, path, body);
        Assert.True(status == expected, $"{status} {text}");
        Assert.Equal("", text);
    }

    /// <summary>Expects a refusal with this code and reason, and returns its body.</summary>
    public async Task<JsonElement> RefusedAsync(int code, string reason, string method, string path, string? body = null, string? authorization = null)
    {
        var (status, text) = await CallAsync(method, path, body, authorization);
        var json = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal((code, reason), ((int)status, json.GetProperty("reason").GetString()));
        Assert.Equal(code, json.GetProperty("code").GetInt32());
        Assert.False(string.IsNullOrEmpty(json.GetProperty("traceId").GetString()));
        return json;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
