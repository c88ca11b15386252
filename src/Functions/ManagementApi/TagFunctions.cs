using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators read and change the tags of a device, and see which are in use (specification c.1, c.2).</summary>
public sealed class TagFunctions(OperatorGate gate, TagService tags)
{
    /// <summary>The tags of an identity, a map of arrays: 200; 404.</summary>
    [Function("Management_Tag_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.IdentityTags)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
            (await FindAsync(call, identity)).TryGet(out var found, out var failure) ? OperatorReply.Json(json => TagJson.WriteMap(json, found)) : failure);

    /// <summary>The values of one name, an array that may be empty: 200; 404 for the identity (getIdentityTag).</summary>
    [Function("Management_Tag_GetName")]
    public Task<IResult> GetName(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.IdentityTag)] HttpRequest request, string connector, string identity, string name) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            var wanted = RouteText.Decode(name);
            return (await FindAsync(call, identity)).TryGet(out var found, out var failure)
                ? OperatorReply.Json(json => TagJson.WriteValues(json, found.Where(tag => string.Equals(tag.Name.Value, wanted, StringComparison.Ordinal))))
                : failure;
        });

    /// <summary>Adds tags, with <c>replace</c> in the place of the previous values of their names: 204; 400; 404 (addIdentityTag).</summary>
    [Function("Management_Tag_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.IdentityTags)] HttpRequest request, string connector, string identity) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            if (!call.TryGetBody(out var body, out var failure) || !TagJson.Read(body).TryGet(out var edit, out failure!))
            {
                return failure;
            }

            return await ChangeAsync(call, identity, edit);
        });

    /// <summary>Removes a name, or values of it: 204, also when there was nothing to remove; 400; 404 for the identity (removeIdentityTag).</summary>
    [Function("Management_Tag_Delete")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.IdentityTag)] HttpRequest request, string connector, string identity, string name) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            // No device has a name that cannot be, so there is nothing to remove.
            var edit = TagName.TryParse(RouteText.Decode(name), out var tag) ? TagListQuery.ParseRemoval(call.Request.Query, tag) : new TagEdit();
            return edit.TryGet(out var wanted, out var failure) ? await ChangeAsync(call, identity, wanted) : failure;
        });

    /// <summary>The names in use with the number of devices: 200 (listTagNames).</summary>
    [Function("Management_TagsInUse_Get")]
    public Task<IResult> Names([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Tags)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            if (!TagListQuery.Parse(call.Request.Query).TryGet(out var query, out var failure))
            {
                return failure;
            }

            var page = await tags.ListNamesAsync(call.Connector, query, call.Cancellation);
            return OperatorReply.Json(json => TagJson.WriteCounts(json, page, "names", "name"));
        });

    /// <summary>The values of a name in use with the number of devices: 200, with none for a name that is not in use (listTagName).</summary>
    [Function("Management_TagsInUse_GetName")]
    public Task<IResult> Values([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Tag)] HttpRequest request, string connector, string name) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            if (!TagListQuery.Parse(call.Request.Query).TryGet(out var query, out var failure))
            {
                return failure;
            }

            var page = TagName.TryParse(RouteText.Decode(name), out var tag)
                ? await tags.ListValuesAsync(call.Connector, tag, query, call.Cancellation)
                : new TagCountPage([], MayLoadMore: false);
            return OperatorReply.Json(json => TagJson.WriteCounts(json, page, "values", "value"));
        });

    private async Task<Outcome<IReadOnlyList<Tag>>> FindAsync(OperatorCall call, string identity) => IdentityId.TryParse(RouteText.Decode(identity), out var id)
        ? await tags.GetAsync(call.Connector, id, call.Cancellation)
        : IdentityFailures.Unknown;

    private async Task<Outcome<OperatorReply>> ChangeAsync(OperatorCall call, string identity, TagEdit edit)
    {
        Outcome<Done> outcome = IdentityId.TryParse(RouteText.Decode(identity), out var id)
            ? await tags.ChangeAsync(call.Connector, id, edit, call.Cancellation)
            : IdentityFailures.Unknown;
        return outcome.TryGet(out _, out var failure) ? OperatorReply.Empty : failure;
    }
}
