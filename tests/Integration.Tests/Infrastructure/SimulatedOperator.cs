using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>An operator with an API key, at the management API of one connector.</summary>
public sealed class SimulatedOperator : IDisposable
{
    private readonly HttpClient _client;

    private SimulatedOperator(RunInfo run, string? secret)
    {
        _client = new HttpClient(new ContractHandler()) { BaseAddress = new Uri($"{run.Http}/api:1/service/{run.Connector}/device2/") };
        if (secret is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", secret);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The operator whose key the app made at its start; or another key, or none.</summary>
    public static SimulatedOperator Of(RunInfo run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(run, run.Operator?.Secret);
    }

    /// <summary>Replaces the connector's resources by a JSON object.</summary>
    public Task DefineAsync(string resources) => ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Patch, "", $$"""{"resources":{{resources}}}""");

    /// <summary>Changes the connector's settings by a JSON object.</summary>
    public Task PatchSettingsAsync(string settings) => ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Patch, "", settings);

    /// <summary>Locks or unlocks a device.</summary>
    public Task LockAsync(string identity, bool locked = true) =>
        ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Patch, $"identity/{Uri.EscapeDataString(identity)}", locked ? """{"locked":true}""" : """{"locked":false}""");

    /// <summary>Revokes a device's credential.</summary>
    public Task RevokeAsync(string identity) =>
        ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Patch, $"identity/{Uri.EscapeDataString(identity)}", """{"auth":{"expire":0}}""");

    /// <summary>Deletes a device.</summary>
    public Task DeleteAsync(string identity) => ExpectAsync(HttpStatusCode.ResetContent, HttpMethod.Delete, $"identity/{Uri.EscapeDataString(identity)}", null);

    /// <summary>Sets values by a JSON object.</summary>
    public Task SetAsync(string identity, string values) => ExpectAsync(HttpStatusCode.NoContent, HttpMethod.Patch, $"identity/{Uri.EscapeDataString(identity)}/state", values);

    /// <summary>Sends a request below the connector's address.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return await _client.SendAsync(request, Token);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task ExpectAsync(HttpStatusCode status, HttpMethod method, string path, string? json)
    {
        using var reply = await SendAsync(method, path, json);
        Assert.True(reply.StatusCode == status, $"{method} {path}: {(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(Token)}");
    }
}
