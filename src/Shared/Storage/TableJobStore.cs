using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Murano.Shared.Connectors;
using Murano.Shared.Jobs;

namespace Murano.Shared.Storage;

/// <summary>Jobs: a row in table <c>connectors</c>; their rows and results as blobs <c>job!{id}!in!{step}</c> and <c>job!{id}!out!{step}</c> in the connector's container.</summary>
public sealed class TableJobStore(Tables tables, Containers containers)
{
    private const string Property = "Job";
    private const string Input = "in";
    private const string Output = "out";

    /// <summary>One job with the ETag of its row; null when there is none.</summary>
    internal async Task<(Job Job, ETag ETag)?> FindAsync(ConnectorId connector, string id, CancellationToken cancellationToken)
    {
        if (!IsId(id))
        {
            return null;
        }

        var found = await tables.Connectors.GetEntityIfExistsAsync<TableEntity>(connector.Value, ConnectorKeys.Job(id), cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>All jobs of a connector.</summary>
    internal async Task<IReadOnlyList<(Job Job, ETag ETag)>> ListAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {connector.Value} and RowKey ge {ConnectorKeys.FirstJob} and RowKey lt {ConnectorKeys.AfterJobs}");
        return await tables.Connectors.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(Read).ToListAsync(cancellationToken);
    }

    /// <summary>Makes the row of a new job.</summary>
    internal Task AddAsync(ConnectorId connector, Job job, CancellationToken cancellationToken) =>
        tables.Connectors.UpsertEntityAsync(ToEntity(connector, job), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Replaces the row that was read.</summary>
    /// <returns>Its new ETag; null when somebody else changed or removed it meanwhile.</returns>
    internal async Task<ETag?> TryUpdateAsync(ConnectorId connector, Job job, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            return (await tables.Connectors.UpdateEntityAsync(ToEntity(connector, job), etag, TableUpdateMode.Replace, cancellationToken)).Headers.ETag;
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>Removes a job's row; it need not be there.</summary>
    internal Task RemoveAsync(ConnectorId connector, string id, CancellationToken cancellationToken) =>
        tables.Connectors.DeleteEntityAsync(connector.Value, ConnectorKeys.Job(id), ETag.All, cancellationToken);

    /// <summary>Stores a job's rows, step by step.</summary>
    internal async Task PutInputAsync(ConnectorId connector, string id, IReadOnlyList<JobRow> rows, CancellationToken cancellationToken)
    {
        await containers.Content(connector).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        foreach (var (step, part) in rows.Chunk(Job.RowsInStep).Index())
        {
            await Blob(connector, id, Input, step).UploadAsync(BinaryData.FromObjectAsJson(part), overwrite: true, cancellationToken);
        }
    }

    /// <summary>The rows of a step.</summary>
    internal async Task<IReadOnlyList<JobRow>> ReadInputAsync(ConnectorId connector, string id, int step, CancellationToken cancellationToken) =>
        (await Blob(connector, id, Input, step).DownloadContentAsync(cancellationToken)).Value.Content.ToObjectFromJson<JobRow[]>()!;

    /// <summary>Stores the results of a step, unless it has some.</summary>
    /// <returns>Those that it has now.</returns>
    internal async Task<IReadOnlyList<JobResult>> AddResultsAsync(ConnectorId connector, string id, int step, IReadOnlyList<JobResult> results, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(connector, id, Output, step).UploadAsync(BinaryData.FromObjectAsJson(results), overwrite: false, cancellationToken);
            return results;
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412)
        {
            return await FindResultsAsync(connector, id, step, cancellationToken) ?? results;
        }
    }

    /// <summary>The results of a step; null when it has none.</summary>
    internal async Task<IReadOnlyList<JobResult>?> FindResultsAsync(ConnectorId connector, string id, int step, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(connector, id, Output, step).DownloadContentAsync(cancellationToken)).Value.Content.ToObjectFromJson<JobResult[]>();
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Removes a job's rows; they need not be there.</summary>
    internal async Task RemoveInputAsync(ConnectorId connector, string id, int rows, CancellationToken cancellationToken)
    {
        for (var step = 0; step * Job.RowsInStep < rows; step++)
        {
            await Blob(connector, id, Input, step).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    /// <summary>Removes all blobs of a job.</summary>
    internal async Task RemoveBlobsAsync(ConnectorId connector, string id, CancellationToken cancellationToken)
    {
        var container = containers.Content(connector);
        try
        {
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = ContentKeys.Job(id) }, cancellationToken))
            {
                await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            }
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            // No container, no blobs.
        }
    }

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    private BlobClient Blob(ConnectorId connector, string id, string kind, int step) =>
        containers.Content(connector).GetBlobClient(FormattableString.Invariant($"{ContentKeys.Job(id)}{kind}!{step:D4}"));

    private static (Job Job, ETag ETag) Read(TableEntity entity) => (JsonSerializer.Deserialize<Job>(entity.GetString(Property))!, entity.ETag);

    private static TableEntity ToEntity(ConnectorId connector, Job job) => new(connector.Value, ConnectorKeys.Job(job.Id)) { [Property] = JsonSerializer.Serialize(job) };
}
