using System.Collections;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Murano.Admin;
using Murano.Admin.Files;
using Murano.Admin.Import;
using Murano.Admin.Storage;

namespace Murano.Unit.Tests.Admin;

public sealed class AdminProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("murano-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Option '--connector' is required.", "export", "--to", "x")]
    [InlineData("Give --connector or --create, and not both.", "import", "--from", "x", "--to", "y")]
    [InlineData("Give --connector or --create, and not both.", "import", "--from", "x", "--to", "y", "--connector", "a", "--create", "b")]
    [InlineData("--page must be a number from 1 to 5000.", "export", "--to", "x", "--connector", "c", "--page", "0")]
    [InlineData("--parallel must be a number from 1 to 64.", "export", "--to", "x", "--connector", "c", "--parallel", "99999999999")]
    public async Task Wrong_arguments_are_refused(string message, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(Variables(), arguments);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No credentials", "https://localhost:1")]
    [InlineData("is no address", "localhost")]
    [InlineData("is no address", "ftp://localhost")]
    [InlineData("plain http", "http://murano.example")]
    public async Task Without_credentials_or_with_an_address_that_is_not_safe_nothing_is_sent(string message, string address)
    {
        var (code, _, error) = await RunAsync(Variables(), "export", "--to", _folder, "--connector", "c", "--from", address);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no complete export", "import", "--to", "https://localhost:1", "--connector", "c", "--from")]
    [InlineData("no complete backup", "restore", "--from")]
    public async Task A_folder_that_is_not_complete_is_refused(string message, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(Variables(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("MURANO_TOKEN", "x")), [.. arguments, _folder]);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No storage is named", "", "murano")]
    [InlineData("No storage is named", "nonsense with-a-key", "murano")]
    [InlineData("is no prefix", "UseDevelopmentStorage=true", "1-2")]
    public async Task Without_storage_nothing_is_backed_up(string message, string connection, string prefix)
    {
        var (code, _, error) = await RunAsync(Variables(("AzureWebJobsStorage", connection)), "backup", "--to", _folder, "--prefix", prefix);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("with-a-key", error, StringComparison.Ordinal);
    }

    // A new option has to be looked at here: what it takes stands in the list of processes and in the shell's history.
    [Fact]
    public void No_option_takes_a_secret() => Assert.Equal(
        "--account --blobs --business --connector --create --dry-run --email --from --overwrite --page --parallel --prefix --to --tokens",
        string.Join(' ', AdminProgram.Commands(Host(Variables(), TextWriter.Null, TextWriter.Null)).Subcommands.SelectMany(command => command.Options).Select(option => option.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    [Fact]
    public async Task A_folder_has_one_run_at_a_time()
    {
        using var held = WorkFolder.Open(_folder, isNew: true);
        var (code, _, error) = await RunAsync(Variables(("MURANO_TOKEN", "x")), "export", "--to", _folder, "--connector", "c", "--from", "https://localhost:1");

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("Another run is at work", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_appear_whole_and_for_their_owner_alone()
    {
        using var folder = WorkFolder.Open(Path.Combine(_folder, "new"), isNew: true);
        await using (var file = folder.Begin("a"))
        {
            await file.WriteAsync("x"u8.ToArray(), Token);
            Assert.False(File.Exists(folder["a"]));
        }

        folder.Finish("a");
        Assert.Equal("x", await File.ReadAllTextAsync(folder["a"], Token));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder["a"]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("[1]\n[2]\n[3", 2)]
    [InlineData("[1]\nx\n[3]\n", 1)]
    [InlineData("", 0)]
    [InlineData("[1]", 0)]
    public async Task What_a_run_left_that_broke_off_is_kept_up_to_the_last_whole_line(string text, int lines)
    {
        var path = Path.Combine(_folder, "lines");
        await File.WriteAllTextAsync(path, text, Token);

        Assert.Equal(lines, await JsonLines.RecoverAsync<int[]>(path, Token).CountAsync(Token));
        Assert.Equal(lines, (await File.ReadAllLinesAsync(path, Token)).Length);
    }

    [Fact]
    public async Task Lines_of_any_length_are_kept()
    {
        var path = Path.Combine(_folder, "lines");
        var lines = Enumerable.Range(1, 40).Select(length => new string('x', length * 997)).ToList();
        await File.WriteAllTextAsync(path, string.Concat(lines.Select(line => $"\"{line}\"\n")) + "\"half", Token);

        Assert.Equal(lines, await JsonLines.RecoverAsync<string>(path, Token).ToListAsync(Token));
        Assert.Equal(lines.Sum(line => line.Length + 3), new FileInfo(path).Length);
    }

    [Theory]
    [InlineData("source.json", "is no backup", "backup")]
    [InlineData("manifest.json", "is no export", "export", "--connector", "c", "--from", "https://localhost:1")]
    [InlineData("notes.txt", "is no backup", "backup")]
    [InlineData("devices.jsonl.part", "is no export", "export", "--connector", "c", "--from", "https://localhost:1")]
    public async Task A_folder_with_something_else_is_refused_and_left_alone(string file, string message, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, file), "x", Token);
        var (code, _, error) = await RunAsync(Variables(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("MURANO_TOKEN", "x")), [.. arguments, "--to", _folder]);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(file, Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(_folder))));
    }

    [Fact]
    public async Task A_backup_with_a_blob_of_no_connector_is_refused_before_anything_is_written()
    {
        var variables = Variables(("AzureWebJobsStorage", "UseDevelopmentStorage=true"));
        var installation = Installation.Find(Host(variables, TextWriter.Null, TextWriter.Null), null, null);
        List<BackupFile> tables = [];
        foreach (var name in installation.Tables.All.Select(installation.NameOf))
        {
            tables.Add(await WriteAsync(name, BackupManifest.FileOf(name)));
        }

        var blobs = await WriteAsync(BackupManifest.BlobFolder, BackupManifest.BlobFile, new StoredBlob("../no", "a", "text/plain", new Dictionary<string, string>(StringComparer.Ordinal), 1, new string('0', 64)));
        var now = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(
            Path.Combine(_folder, WorkFolder.Manifest),
            JsonSerializer.Serialize(new BackupManifest { Schema = 1, Prefix = "murano", Began = now, Ended = now, Tables = tables, Blobs = blobs }, JsonLines.Indented),
            Token);
        var (code, _, error) = await RunAsync(variables, "restore", "--from", _folder);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("../no is no connector. Nothing was restored.", error, StringComparison.Ordinal);

        async Task<BackupFile> WriteAsync(string name, string file, params StoredBlob[] lines)
        {
            var path = Path.Combine(_folder, file);
            await using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            {
                foreach (var line in lines)
                {
                    await JsonLines.WriteAsync(packed, line, Token);
                }
            }

            return new BackupFile(name, file, lines.Length, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, Token))));
        }
    }

    [Fact]
    public void Variables_that_differ_in_case_alone_are_no_fault()
    {
        var folded = AdminHost.Fold(new Hashtable(StringComparer.Ordinal) { ["http_proxy"] = "a", ["HTTP_PROXY"] = "a", ["Other"] = "b" });

        Assert.Equal(("a", "b", 2), (folded["Http_Proxy"], folded["OTHER"], folded.Count));
    }

    [Fact]
    public async Task Settings_that_are_spelled_in_two_ways_are_no_fault()
    {
        var (code, _, error) = await RunAsync(Variables(("AzureWebJobsStorage__tableServiceUri", "x"), ("AzureWebJobsStorage:tableServiceUri", "x")), "backup", "--to", _folder);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("No storage is named", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":2}}""", """{"b":{"c":2}}""", true)]
    [InlineData("""{"b":{"c":2}}""", """{"a":null,"b":{"c":2}}""", true)]
    [InlineData("""{"b":{"c":2}}""", """{"b":{"c":3}}""", false)]
    [InlineData("""{"b":{"c":2}}""", """{"b":{"d":2}}""", false)]
    [InlineData("""{"port":443}""", """{"port":"443"}""", true)]
    [InlineData("""{"length":12.67}""", """{"length":12.67}""", true)]
    [InlineData("""{"length":0}""", """{"length":0.0}""", true)]
    [InlineData("""{"a":["0:100"]}""", """{"a":["0:100"]}""", true)]
    [InlineData("""{"a":["0:100"]}""", """{"a":[]}""", false)]
    [InlineData("""{"a":[]}""", """{"a":{}}""", false)]
    public void Settings_are_the_same_when_all_that_is_wanted_is_there(string present, string wanted, bool isSame) =>
        Assert.Equal(isSame, SettingsImport.Includes(JsonNode.Parse(present), JsonNode.Parse(wanted)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, string?> Variables(params (string Name, string? Value)[] variables) => variables.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);

    private static AdminHost Host(Dictionary<string, string?> variables, TextWriter output, TextWriter error) =>
        new() { Out = output, Error = error, Variables = variables, Wait = (_, _) => Task.CompletedTask, Network = _ => throw new InvalidOperationException("Nothing is to be sent.") };

    private static async Task<(int Code, string Output, string Error)> RunAsync(Dictionary<string, string?> variables, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await AdminProgram.RunAsync(arguments, Host(variables, output, error), Token);
        return (code, output.ToString(), error.ToString());
    }
}
