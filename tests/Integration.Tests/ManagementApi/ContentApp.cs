using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>The content service under an operator's hands, over https as the command line comes.</summary>
internal sealed class ContentApp : IAsyncDisposable
{
    private readonly HttpClient _client;

    private ContentApp(ManagementApp app)
    {
        App = app;
        _client = app.App.CreateHttpsClient();
    }

    public ManagementApp App { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ContentApp> StartAsync(AzuriteFixture azurite, TestAppOptions? options = null) => new(await ManagementApp.StartAsync(azurite, options));

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Calls below <c>…/content/item</c> and expects a code; the body as text.</summary>
    public async Task<string> CallAsync(string method, string path, HttpStatusCode expected = HttpStatusCode.OK, string? secret = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api:1/service/{App.Connector}/content/item{path}");
        request.Headers.TryAddWithoutValidation("Authorization", $"token {secret ?? App.Secret}");
        using var reply = await _client.SendAsync(request, Token);
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(reply.StatusCode == expected, $"{method} {path}: {reply.StatusCode} {text}");
        return text;
    }

    public async Task<JsonElement> JsonAsync(string method, string path, HttpStatusCode expected = HttpStatusCode.OK, string? secret = null) =>
        JsonSerializer.Deserialize<JsonElement>(await CallAsync(method, path, expected, secret));

    /// <summary>The first step of an upload, as the command line takes it.</summary>
    public Task<JsonElement> OfferAsync(string id, byte[] bytes, string more = "", string? secret = null) =>
        JsonAsync("GET", $"/{Uri.EscapeDataString(id)}/upload?sha256={Sha256(bytes)}&expires_in=30&type=text%2Fplain{more}", secret: secret);

    /// <summary>The second step: all inputs, then the file.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PostAsync(JsonElement offer, byte[] bytes, Action<MultipartFormDataContent>? before = null)
    {
        using var form = new MultipartFormDataContent();
        before?.Invoke(form);
        foreach (var input in offer.GetProperty("inputs").EnumerateObject())
        {
            form.Add(new StringContent(input.Value.GetString()!), $"\"{input.Name}\"");
        }

        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/x-not-looked-at");
        form.Add(file, $"\"{offer.GetProperty("field").GetString()}\"", "name.txt");
        return await SendAsync(offer.GetProperty("url").GetString()!, form);
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(string url, HttpContent content)
    {
        using var reply = await _client.PostAsync(url, content, Token);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Both steps.</summary>
    public async Task UploadAsync(string id, byte[] bytes, string more = "")
    {
        var (status, body) = await PostAsync(await OfferAsync(id, bytes, more), bytes);
        Assert.True(status == HttpStatusCode.NoContent, $"{status} {body}");
    }

    public Task UploadAsync(string id, string text, string more = "") => UploadAsync(id, Encoding.UTF8.GetBytes(text), more);

    /// <summary>The address of a download.</summary>
    public async Task<string> AddressAsync(string id) => (await JsonAsync("GET", $"/{Uri.EscapeDataString(id)}/download")).GetProperty("url").GetString()!;

    /// <summary>Fetches an address, without a credential.</summary>
    public Task<HttpResponseMessage> FetchAsync(string url, string? header = null, string? value = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return _client.SendAsync(request, Token);
    }

    /// <summary>Both steps of a download; the bytes as text.</summary>
    public async Task<string> DownloadAsync(string id)
    {
        using var reply = await FetchAsync(await AddressAsync(id));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return App.DisposeAsync();
    }
}
