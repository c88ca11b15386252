using System.Text.Json;
using System.Text.Json.Nodes;
using Murano.Admin.Http;

namespace Murano.Admin.Import;

/// <summary>
/// Brings settings, one key a call, and resources. A connector without identities takes them all. In one that has some, what differs is a conflict, since it may have been
/// changed since; resources that it lacks are added.
/// </summary>
internal sealed class SettingsImport(ManagementApi api, string service, ResultLog results, ImportOptions options)
{
    private const string Resources = "resources";
    private const string Resource = "resource";

    private static readonly string[] Keys = ["description", "protocol", "identity_format", "provisioning", "pki"];

    private readonly string _settings = $"{service}/device2";

    /// <summary>Does it.</summary>
    /// <param name="source">As they were exported.</param>
    /// <param name="isEmpty">Whether the connector has no identities.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The resources that the connector has then.</returns>
    public async Task<IReadOnlyDictionary<string, TargetResource>> RunAsync(JsonObject source, bool isEmpty, CancellationToken cancellationToken)
    {
        var target = await ReadAsync(cancellationToken);
        var overwrites = isEmpty || options.Overwrite;
        foreach (var key in Keys.Where(source.ContainsKey))
        {
            await SetAsync(key, source[key], target[key], overwrites, cancellationToken);
        }

        if (source.ContainsKey("events"))
        {
            await results.AddAsync(new ImportResult("setting", "events", "setting", ImportOutcome.Skipped, "set-by-hand", "Events go to an address of your own, with a secret of its own: set both here."));
        }

        foreach (var key in source.Select(entry => entry.Key).Where(key => key is not ("name" or "fqdn" or "events" or Resources) && !Keys.Contains(key)))
        {
            await results.AddAsync(new ImportResult("setting", key, "setting", ImportOutcome.Skipped, "unknown-setting", "There is no such setting here."));
        }

        var merged = await BringResourcesAsync(source[Resources] as JsonObject ?? [], target[Resources] as JsonObject ?? [], overwrites, cancellationToken);
        return TargetResource.ReadMap(JsonSerializer.SerializeToElement(options.DryRun ? merged : (await ReadAsync(cancellationToken))[Resources]));
    }

    /// <summary>Whether everything that <paramref name="wanted"/> says is so in <paramref name="present"/>. What it does not say does not matter.</summary>
    internal static bool Includes(JsonNode? present, JsonNode? wanted) => (present, wanted) switch
    {
        (_, null) => true,
        (null, _) => false,
        (JsonObject one, JsonObject other) => other.All(entry => Includes(one[entry.Key], entry.Value)),
        (JsonArray one, JsonArray other) => JsonNode.DeepEquals(one, other),
        _ => JsonNode.DeepEquals(present, wanted) || string.Equals(present.ToString(), wanted.ToString(), StringComparison.Ordinal),
    };

    private async Task<JsonObject> ReadAsync(CancellationToken cancellationToken)
    {
        var reply = await api.GetAsync(_settings, cancellationToken);
        return reply is { IsOk: true, Body: { ValueKind: JsonValueKind.Object } body } ? JsonObject.Create(body)!
            : throw new AdminException($"The connector's settings cannot be had: {reply.Message}");
    }

    private async Task SetAsync(string key, JsonNode? wanted, JsonNode? present, bool overwrites, CancellationToken cancellationToken)
    {
        // Murano and this product leave the section out when it says nothing.
        if (Includes(present, wanted) || (key is "pki" && present is null && wanted is JsonObject pki && pki["enabled"]?.ToString() is not "true" && pki["client_ca"]?.ToString() is null or ""))
        {
            await results.AddAsync(new ImportResult("setting", key, "setting", ImportOutcome.Unchanged));
            return;
        }

        if (!overwrites)
        {
            await results.AddAsync(new ImportResult("setting", key, "setting", ImportOutcome.Conflict, "setting-differs", "It is set otherwise here."));
            return;
        }

        var reply = options.DryRun ? new ApiReply(204, null) : await PatchAsync(key, wanted, cancellationToken);
        await results.AddAsync(ResultOf("setting", key, reply));
    }

    private async Task<JsonObject> BringResourcesAsync(JsonObject source, JsonObject target, bool overwrites, CancellationToken cancellationToken)
    {
        var known = (JsonObject)target.DeepClone();
        foreach (var (alias, definition) in source)
        {
            var isThere = target.TryGetPropertyValue(alias, out var present);
            if (isThere && Includes(present, definition))
            {
                await results.AddAsync(new ImportResult(Resource, alias, Resource, ImportOutcome.Unchanged));
            }
            else if (isThere && !overwrites)
            {
                await results.AddAsync(Differs(alias));
            }
            else
            {
                var reply = options.DryRun ? new ApiReply(204, null) : await BringResourceAsync(alias, definition, isThere, overwrites, cancellationToken);
                known[alias] = definition?.DeepClone();
                await results.AddAsync(reply is { Status: 409, Reason: "resource-exists" } ? Differs(alias) : ResultOf(Resource, alias, reply));
            }
        }

        return known;
    }

    // One at a time: the whole map would take away what an operator adds meanwhile.
    private async Task<ApiReply> BringResourceAsync(string alias, JsonNode? definition, bool isThere, bool overwrites, CancellationToken cancellationToken)
    {
        var (path, body) = ($"{_settings}/resource/{Uri.EscapeDataString(alias)}", definition?.ToJsonString() ?? "{}");
        var reply = isThere ? new ApiReply(409, null) : await api.SendAsync(HttpMethod.Post, path, body, cancellationToken);
        if (reply.Status == 409 && (isThere || overwrites))
        {
            return await api.SendAsync(HttpMethod.Put, path, body, cancellationToken);
        }

        // It may be this program's own, whose first answer was lost on the way.
        return reply.Status == 409 && await api.GetAsync(path, cancellationToken) is { IsOk: true, Body: { ValueKind: JsonValueKind.Object } found } && Includes(JsonObject.Create(found), definition)
            ? new ApiReply(204, null)
            : reply;
    }

    private static ImportResult Differs(string alias) => new(Resource, alias, Resource, ImportOutcome.Conflict, "resource-differs", "It is defined otherwise here.");

    private Task<ApiReply> PatchAsync(string key, JsonNode? value, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Patch, _settings, new JsonObject { [key] = value?.DeepClone() }.ToJsonString(), cancellationToken);

    private static ImportResult ResultOf(string kind, string id, ApiReply reply) =>
        reply.IsOk ? new(kind, id, kind, ImportOutcome.Changed) : new(kind, id, kind, ImportOutcome.Failed, reply.Reason, reply.Message);
}
