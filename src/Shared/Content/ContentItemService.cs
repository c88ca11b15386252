using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>Files of a connector in the hands of operators, those of its devices among them (specification b.5, c.5).</summary>
public sealed class ContentItemService(
    BlobContentStore store, ContentReader reader, UploadSlots slots, ContentSigner signer, ConnectorService connectors, IOptions<DeviceOptions> options, TimeProvider time)
{
    private const int DeletedAtOnce = 16;

    private readonly TimeSpan _deadline = options.Value.RequestDeadline;

    /// <summary>Files, with what is known of them.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page, which may have fewer files than the limit although there are more; Rejected for a cursor that is none.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<ContentPage>> ListAsync(ConnectorId connector, ContentItemQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<ContentItem> items = [];
        var cursor = query.Cursor;
        do
        {
            if (await store.ListPageAsync(connector, ContentKeys.PrefixOf(query.Prefix), query.Limit, cursor, cancellationToken) is not { } page)
            {
                return ContentFailures.BadCursor;
            }

            items.AddRange(page.Items.Where(query.Takes));
            cursor = page.Cursor;
        }
        while (cursor is not null && query.Limit is null);

        return new ContentPage(items, cursor);
    }

    /// <summary>What is known of a file.</summary>
    /// <returns>The file; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<ContentItem>> FindAsync(ConnectorId connector, ContentId id, CancellationToken cancellationToken) =>
        await store.FindAsync(connector, id, cancellationToken) is { } item ? item : ContentFailures.Unknown;

    /// <summary>Deletes a file.</summary>
    /// <returns>Done; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<Done>> DeleteAsync(ConnectorId connector, ContentId id, CancellationToken cancellationToken)
    {
        // Asked first: a deletion whose reply is lost is sent again, and then finds nothing.
        if (await store.FindAsync(connector, id, cancellationToken) is null)
        {
            return ContentFailures.Unknown;
        }

        await store.DeleteAsync(connector, id, cancellationToken);
        return Done.Instance;
    }

    /// <summary>Deletes files, each in the version that was seen: one that is replaced meanwhile stays.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the work; what is left then, the next call deletes.</param>
    /// <returns>The ids of those that were deleted, in order; Rejected for a cursor that is none.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; some may be deleted.</exception>
    public async Task<Outcome<IReadOnlyList<ContentId>>> ClearAsync(ConnectorId connector, ContentItemQuery query, CancellationToken cancellationToken)
    {
        if (!(await ListAsync(connector, query, cancellationToken)).TryGet(out var page, out var failure))
        {
            return failure;
        }

        var gone = new bool[page.Items.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = DeletedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, gone.Length, parallel, async (i, token) => gone[i] = await store.DeleteAsync(connector, page.Items[i].Id, page.Items[i].ETag, token));
        return page.Items.Where((_, i) => gone[i]).Select(item => item.Id).ToList();
    }

    /// <summary>Makes a ticket for a download.</summary>
    /// <returns>Its signature; NotFound when there is no such file now.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<string>> OfferAsync(ContentTicket ticket, CancellationToken cancellationToken) =>
        await store.FindAsync(ticket.Connector, ticket.Id, cancellationToken) is null ? ContentFailures.Unknown : await signer.SignAsync(ticket, cancellationToken);

    /// <summary>Makes a ticket for an upload.</summary>
    /// <returns>Its signature; Rejected for a device's file: those are uploaded by the device, whose deletion must find them all.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<string>> InviteAsync(ContentTicket ticket, CancellationToken cancellationToken) =>
        ticket.Id.Owner is null ? await signer.SignAsync(ticket, cancellationToken) : ContentFailures.DevicesOwn;

    /// <summary>Whose ticket it is, if it holds, and the connector is there.</summary>
    /// <returns>The operator; the signer's refusals; NotFound for a connector that has gone.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<OperatorSession>> AdmitAsync(ContentTicket ticket, string signature)
    {
        using var step = new CancellationTokenSource(_deadline, time);
        if (!(await signer.CheckAsync(ticket, signature, step.Token)).TryGet(out var session, out var failure))
        {
            return failure;
        }

        return (await connectors.GetAsync(ticket.Connector, step.Token)).TryGet(out _, out failure) ? session : failure;
    }

    /// <summary>Opens the file of a ticket that holds, or a part of it.</summary>
    /// <returns>The answer; NotFound; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal Task<Outcome<ContentAnswer>> OpenAsync(ContentTicket ticket, ContentConditions conditions, CancellationToken cancellationToken) =>
        reader.OpenAsync(ticket.Connector, ticket.Id, conditions, cancellationToken);

    /// <summary>Takes the file of a ticket that holds. The old one stays until the new one is there whole and is what was announced.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="source">The bytes. Each step of the work on storage has a deadline of its own, the whole ends with the sender.</param>
    /// <returns>Done; the source's own problem; TooLarge; Rejected for bytes of another SHA-256; Busy when another upload of the id came between, or too many are on their way.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; when that is found at the last step, the file may be there.</exception>
    internal Task<Outcome<Done>> UploadAsync(ContentTicket ticket, IContentSource source) => slots.RunAsync(() => TakeAsync(ticket, source));

    private async Task<Outcome<Done>> TakeAsync(ContentTicket ticket, IContentSource source)
    {
        await using var upload = new ContentUpload(store, ticket.Connector, ticket.Id, _deadline, time);
        if (await upload.TakeAsync(source) is { } problem)
        {
            return problem;
        }

        if (ticket.Terms.Sha256 is { Length: > 0 } announced && !string.Equals(announced, upload.Sha256, StringComparison.Ordinal))
        {
            return ContentFailures.OtherBytes;
        }

        return await upload.CommitAsync(ticket.Terms.Type, ticket.Terms.Tags) is null ? ContentFailures.Overtaken : Done.Instance;
    }
}
