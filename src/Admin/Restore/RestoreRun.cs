using System.IO.Compression;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Murano.Admin.Files;
using Murano.Admin.Storage;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Admin.Restore;

/// <summary>Brings a backup back: looks at each byte of it first, then writes rows and blobs, and the schema's row last. Writing a row twice is writing it once, so a run that broke off is gone on with.</summary>
internal sealed class RestoreRun(AdminHost host, Installation installation, string from)
{
    private const int AtOnce = 16;
    private const int BlobsAtOnce = 4;
    private const int PartBytes = 4 * 1024 * 1024;

    // A part has to pass within the time that a request may take; a whole blob need not.
    private static readonly StorageTransferOptions InParts = new() { InitialTransferSize = PartBytes, MaximumTransferSize = PartBytes, MaximumConcurrency = 1 };

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = WorkFolder.Open(from, isNew: false);
        if (!folder.IsComplete)
        {
            throw new AdminException($"{folder.Path} is no complete backup.");
        }

        var manifest = await folder.ReadJsonAsync<BackupManifest>(WorkFolder.Manifest, cancellationToken);
        await VerifyAsync(folder, manifest, cancellationToken);
        await host.Out.WriteLineAsync("The backup is whole.");

        var mark = new RestoreMark(installation, (await folder.HashAsync(WorkFolder.Manifest, cancellationToken))!);
        var isResumed = await mark.EnterAsync(cancellationToken);
        if (isResumed)
        {
            await host.Out.WriteLineAsync("An earlier run is gone on with.");
        }

        TableEntity? schema = null;
        foreach (var table in installation.Tables.All)
        {
            var name = installation.NameOf(table);
            var file = manifest.Tables.First(one => string.Equals(one.Name, name, StringComparison.Ordinal));
            var isAccess = table == installation.Tables.Access;
            if (isAccess || !mark.Has(name))
            {
                schema = await BringAsync(folder, file, table, cancellationToken) ?? schema;
                await mark.NoteAsync(name, cancellationToken);
                await host.Out.WriteLineAsync($"{name}: {file.Rows} rows");
            }
        }

        if (manifest.Blobs is { } blobs && !mark.Has(blobs.Name))
        {
            await BringBlobsAsync(folder, blobs, isResumed, cancellationToken);
            await mark.NoteAsync(blobs.Name, cancellationToken);
            await host.Out.WriteLineAsync($"blobs: {blobs.Rows}");
        }

        await mark.LeaveAsync(schema ?? throw new AdminException("The backup has no row with the schema's version."), cancellationToken);
        await host.Out.WriteLineAsync($"Complete. Start the app with the prefix {installation.Prefix}. A backup is not of one moment, so then have each connector mended:");
        await host.Out.WriteLineAsync("  POST /api:1/service/{connector}/device2/check?mend=true");
        await host.Out.WriteLineAsync("and what is of none: POST /api:1/check?mend=true");
        return ExitCodes.Done;
    }

    private async Task VerifyAsync(WorkFolder folder, BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Format > BackupManifest.Current || manifest.Schema > SchemaRow.Version)
        {
            throw new AdminException("The backup was written by a newer program.");
        }

        foreach (var name in installation.Tables.All.Select(installation.NameOf).Where(name => !manifest.Tables.Any(table => string.Equals(table.Name, name, StringComparison.Ordinal))))
        {
            throw new AdminException($"The backup has no table {name}.");
        }

        foreach (var file in manifest.Tables.Concat(manifest.Blobs is { } blobs ? [blobs] : []))
        {
            if (!string.Equals(await folder.HashAsync(file.File, cancellationToken), file.Sha256, StringComparison.Ordinal))
            {
                throw new AdminException($"{file.File} is damaged: it is not there, or has another SHA-256 than the manifest says. Nothing was restored.");
            }
        }

        var files = new HashedFiles(folder, BackupManifest.BlobFolder);
        await foreach (var blob in BlobsAsync(folder, manifest.Blobs, cancellationToken))
        {
            if (!ConnectorId.TryParse(blob.Connector, out _))
            {
                throw new AdminException($"{blob.Connector} is no connector. Nothing was restored.");
            }

            if (!await files.HoldsAsync(blob.Sha256, cancellationToken))
            {
                throw new AdminException($"Blob {blob.Name} is damaged: the file {blob.Sha256} is not there, or has other bytes. Nothing was restored.");
            }
        }
    }

    private static async Task<TableEntity?> BringAsync(WorkFolder folder, BackupFile file, TableClient table, CancellationToken cancellationToken)
    {
        TableEntity? schema = null;
        await using var stream = Open(folder, file);
        await Parallel.ForEachAsync(RowBatches.ReadAsync(stream, file.File, cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (batch, token) =>
        {
            if (batch.FirstOrDefault(RestoreMark.IsInPlaceOf) is { } held)
            {
                schema = held;
                batch = [.. batch.Where(row => row != held)];
            }

            switch (batch)
            {
                case []:
                    break;
                case [var row]:
                    await table.UpsertEntityAsync(row, TableUpdateMode.Replace, token);
                    break;
                default:
                    await table.SubmitAsync([.. batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))], token);
                    break;
            }
        });
        return schema;
    }

    private async Task BringBlobsAsync(WorkFolder folder, BackupFile list, bool isResumed, CancellationToken cancellationToken)
    {
        var files = new HashedFiles(folder, BackupManifest.BlobFolder);
        HashSet<string> made = new(StringComparer.Ordinal);
        await Parallel.ForEachAsync(BlobsAsync(folder, list, cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = BlobsAtOnce, CancellationToken = cancellationToken }, async (blob, token) =>
        {
            if (!ConnectorId.TryParse(blob.Connector, out var connector))
            {
                throw AdminException.BrokeOff($"{blob.Connector} is no connector.");
            }

            var container = installation.Containers.Content(connector);
            bool isNew;
            lock (made)
            {
                isNew = !made.Contains(blob.Connector);
            }

            if (isNew)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: token);
                lock (made)
                {
                    made.Add(blob.Connector);
                }
            }

            var client = container.GetBlobClient(blob.Name);
            if (isResumed && await IsThereAsync(client, blob, token))
            {
                return;
            }

            await using var bytes = files.Open(blob.Sha256);
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = blob.Type },
                Metadata = new Dictionary<string, string>(blob.Metadata, StringComparer.OrdinalIgnoreCase),
                TransferOptions = InParts,
            };
            await client.UploadAsync(bytes, options, token);
        });
    }

    // A blob without its hash beside it is brought again: nothing tells that it is the same.
    private static async Task<bool> IsThereAsync(BlobClient client, StoredBlob blob, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await client.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return found.ContentLength == blob.Length && string.Equals(found.Metadata.FirstOrDefault(pair => string.Equals(pair.Key, "sha256", StringComparison.OrdinalIgnoreCase)).Value, blob.Sha256, StringComparison.Ordinal);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return false;
        }
    }

    // Nothing, compressed, is nothing; read as compressed it would count as cut off.
    private static Stream Open(WorkFolder folder, BackupFile file) => file.Rows == 0 ? Stream.Null : new GZipStream(File.OpenRead(folder[file.File]), CompressionMode.Decompress);

    private static async IAsyncEnumerable<StoredBlob> BlobsAsync(WorkFolder folder, BackupFile? list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (list is null)
        {
            yield break;
        }

        await using var stream = Open(folder, list);
        await foreach (var blob in JsonLines.ReadAsync<StoredBlob>(stream, BackupManifest.BlobFile, cancellationToken))
        {
            yield return blob;
        }
    }
}
