using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Murano.Admin.Files;
using Murano.Admin.Storage;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Admin.Backup;

/// <summary>Copies tables, and perhaps blobs, as they are read: no more than a page is held. Devices go before what is derived from them, so that what is derived is there for each of them.</summary>
internal sealed class BackupRun(AdminHost host, Installation installation, string to, bool withBlobs)
{
    private const int RowsInPage = 1_000;
    private const int RowsInTelling = 100_000;

    private static readonly byte[] End = "\n"u8.ToArray();
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = WorkFolder.Open(to, isNew: true);
        if (folder.IsComplete)
        {
            throw new AdminException($"{folder.Path} holds a backup. Take a new folder for each.");
        }

        if (folder.Others([.. installation.Tables.All.Select(table => BackupManifest.FileOf(installation.NameOf(table))), BackupManifest.BlobFile, BackupManifest.BlobFolder, WorkFolder.Manifest]) is [var other, ..])
        {
            throw new AdminException($"{folder.Path} is no backup that broke off, and holds {other}. Take a new folder.");
        }

        var began = host.Time.GetUtcNow();
        var schema = await ReadSchemaAsync(cancellationToken);
        List<BackupFile> tables = [];
        foreach (var table in installation.Tables.All)
        {
            tables.Add(await CopyAsync(folder, table, cancellationToken));
        }

        var blobs = withBlobs ? await CopyBlobsAsync(folder, cancellationToken) : null;
        await folder.WriteJsonAsync(
            WorkFolder.Manifest,
            new BackupManifest { Schema = schema, Prefix = installation.Prefix, Began = began, Ended = host.Time.GetUtcNow(), Tables = tables, Blobs = blobs },
            cancellationToken);
        await host.Out.WriteLineAsync($"Complete: {folder.Path}{(withBlobs ? "" : ". Files and dead letters are not in it.")}");
        return ExitCodes.Done;
    }

    private async Task<int> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        int? version = null;
        try
        {
            var row = await installation.Tables.Access.GetEntityIfExistsAsync<TableEntity>(AccessKeys.Schema, AccessKeys.Version, cancellationToken: cancellationToken);
            version = row.HasValue ? row.Value!.GetInt32(SchemaRow.VersionColumn) : null;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            // No table.
        }

        return version is not { } found ? throw new AdminException($"There is no installation with the prefix {installation.Prefix}.")
            : found > SchemaRow.Version ? throw new AdminException("The installation has a newer schema than this program knows, or a restore of it is not complete.")
            : found;
    }

    private async Task<BackupFile> CopyAsync(WorkFolder folder, TableClient table, CancellationToken cancellationToken)
    {
        var name = installation.NameOf(table);
        var file = BackupManifest.FileOf(name);
        long rows = 0;
        await using (var packed = new GZipStream(folder.Begin(file), CompressionLevel.Fastest))
        {
            await using var json = new Utf8JsonWriter(packed, Plain);
            await foreach (var row in table.QueryAsync<TableEntity>(maxPerPage: RowsInPage, cancellationToken: cancellationToken))
            {
                RowJson.Write(json, row);
                await json.FlushAsync(cancellationToken);
                json.Reset();
                await packed.WriteAsync(End, cancellationToken);
                if (++rows % RowsInTelling == 0)
                {
                    await host.Out.WriteLineAsync($"  {name}: {rows} rows so far");
                }
            }
        }

        folder.Finish(file);
        await host.Out.WriteLineAsync($"{name}: {rows} rows");
        return new BackupFile(name, file, rows, (await folder.HashAsync(file, cancellationToken))!);
    }

    private async Task<BackupFile> CopyBlobsAsync(WorkFolder folder, CancellationToken cancellationToken)
    {
        var files = new HashedFiles(folder, BackupManifest.BlobFolder);
        var (count, bytes) = (0L, 0L);
        await using (var packed = new GZipStream(folder.Begin(BackupManifest.BlobFile), CompressionLevel.Fastest))
        {
            await foreach (var connector in installation.Containers.ListAsync(cancellationToken))
            {
                await foreach (var blob in installation.Containers.Content(connector).GetBlobsAsync(cancellationToken: cancellationToken))
                {
                    if (await CopyAsync(files, connector, blob.Name, cancellationToken) is { } stored)
                    {
                        await JsonLines.WriteAsync(packed, stored, cancellationToken);
                        (count, bytes) = (count + 1, bytes + stored.Length);
                    }
                }
            }
        }

        folder.Finish(BackupManifest.BlobFile);
        await host.Out.WriteLineAsync($"blobs: {count}, {bytes} bytes");
        return new BackupFile(BackupManifest.BlobFolder, BackupManifest.BlobFile, count, (await folder.HashAsync(BackupManifest.BlobFile, cancellationToken))!);
    }

    private async Task<StoredBlob?> CopyAsync(HashedFiles files, ConnectorId connector, string name, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = (await installation.Containers.Content(connector).GetBlobClient(name).DownloadStreamingAsync(new BlobDownloadOptions(), cancellationToken)).Value;
            var (sha256, length) = await files.AddAsync(reply.Content, turn: 0, cancellationToken);
            return new StoredBlob(connector.Value, name, reply.Details.ContentType, new Dictionary<string, string>(reply.Details.Metadata, StringComparer.OrdinalIgnoreCase), length, sha256);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null; // deleted since it was listed
        }
    }
}
