using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>Opens files, whoever asks for them.</summary>
public sealed class ContentReader(BlobContentStore store)
{
    /// <summary>Opens a file, or a part of it. All that the answer tells is of one version.</summary>
    /// <returns>The answer; NotFound; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal Task<Outcome<ContentAnswer>> OpenAsync(ConnectorId connector, ContentId id, ContentConditions conditions, CancellationToken cancellationToken) =>
        Contention.SettleAsync(() => TryOpenAsync(connector, id, conditions, cancellationToken), cancellationToken);

    // Null: the file changed between the two requests that this took.
    private async Task<Outcome<ContentAnswer>?> TryOpenAsync(ConnectorId connector, ContentId id, ContentConditions conditions, CancellationToken cancellationToken)
    {
        if (conditions.NeedFacts)
        {
            return await OpenVersionAsync(connector, id, conditions, cancellationToken);
        }

        var first = conditions.Range?.First ?? 0;
        var (result, download) = await store.OpenAsync(connector, id, first, conditions.Range?.Last - first + 1, null, cancellationToken);
        return result switch
        {
            OpenResult.Missing => ContentFailures.Unknown,

            // Only the file itself tells its size.
            OpenResult.OutOfRange => await OpenVersionAsync(connector, id, conditions, cancellationToken),
            _ => await AnswerAsync(download!, conditions),
        };
    }

    // All of an empty file is asked for without a range; and the emulator answers a range that begins right behind the end with no bytes.
    private static async Task<ContentAnswer> AnswerAsync(ContentDownload download, ContentConditions conditions)
    {
        if (conditions.Range is null || download.Length > 0)
        {
            return new ContentAnswer.Found(download, conditions.Range is not null);
        }

        await download.DisposeAsync();
        return new ContentAnswer.Unsatisfiable(download.Item.Length);
    }

    private async Task<Outcome<ContentAnswer>?> OpenVersionAsync(ConnectorId connector, ContentId id, ContentConditions conditions, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(connector, id, cancellationToken) is not { } item)
        {
            return ContentFailures.Unknown;
        }

        if (ConditionRules.Matches(conditions.IfNoneMatch, item.EntityTag))
        {
            return new ContentAnswer.NotModified(item);
        }

        var (first, length) = (0L, (long?)null);
        if (conditions.Range is { } range && ConditionRules.Holds(conditions.IfRange, item.EntityTag, item.ModifiedSeconds))
        {
            if (RangeRules.Resolve(range, item.Length) is not { } part)
            {
                return new ContentAnswer.Unsatisfiable(item.Length);
            }

            (first, length) = part;
        }

        var (result, download) = await store.OpenAsync(connector, id, first, length, item.ETag, cancellationToken);
        return result switch
        {
            OpenResult.Open => new ContentAnswer.Found(download!, length is not null),
            OpenResult.Missing => ContentFailures.Unknown,
            _ => null,
        };
    }
}
