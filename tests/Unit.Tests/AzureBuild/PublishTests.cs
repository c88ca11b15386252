using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Murano.Functions;
using Murano.Functions.Fallback;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>What Azure is given to run, made with Microsoft's worker.</summary>
public sealed partial class PublishTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    private static readonly RouteTable Table = RouteTable.Of(typeof(MuranoFunctions).Assembly);

    [Fact, Spec("azure.1.6/1")]
    public void It_has_what_the_host_looks_for()
    {
        Assert.Equal(Repository.Read("host.json"), Read("host.json"));
        var worker = Json("worker.config.json").GetProperty("description");
        Assert.Equal("dotnet-isolated", worker.GetProperty("language").GetString());
        Assert.Equal("Murano.Functions.dll", worker.GetProperty("defaultWorkerPath").GetString());
        Assert.True(File.Exists(Path.Combine(app.Folder, "Murano.Functions.dll")));
        Assert.True(File.Exists(Path.Combine(app.Folder, "extensions.json")));
        Assert.True(File.Exists(Path.Combine(app.Folder, "docs", "scalar.js")));
    }

    [Fact]
    public void It_has_the_management_page()
    {
        var page = Read(Path.Combine("console", "index.html"));
        var named = Asset().Matches(page).Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("__NONCE__", page, StringComparison.Ordinal);
        Assert.Contains(named, name => name.EndsWith(".js", StringComparison.Ordinal));
        Assert.All(named, name => Assert.True(File.Exists(Path.Combine(app.Folder, "console", "assets", name)), name));
        Assert.DoesNotContain(Directory.EnumerateFiles(app.Folder, "*.map", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public void It_has_nothing_of_a_developers_machine()
    {
        var names = Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(app.Folder, file)).ToList();

        Assert.DoesNotContain("local.settings.json", names, StringComparer.Ordinal);
        Assert.DoesNotContain(names, name => name.Contains("LocalHost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".xml", StringComparison.Ordinal));
    }

    [Fact, Spec("azure.1.6/1")]
    public void The_host_learns_of_each_function_with_its_route_and_methods()
    {
        var told = from function in Json("functions.metadata").EnumerateArray()
                   let trigger = function.GetProperty("bindings").EnumerateArray().First(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal))
                   where trigger.GetProperty("type").ValueEquals("httpTrigger")
                   let methods = trigger.TryGetProperty("methods", out var named) ? named.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant()) : []
                   select $"{function.GetProperty("name").GetString()} {trigger.GetProperty("route").GetString()} {trigger.GetProperty("authLevel").GetString()} {string.Join(',', methods)}";

        Assert.Equal(Table.Entries.Select(entry => $"{entry.Name} {entry.Template} Anonymous {string.Join(',', entry.Methods)}").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void The_host_learns_of_the_timer_and_the_warm_up()
    {
        var others = from function in Json("functions.metadata").EnumerateArray()
                     from binding in function.GetProperty("bindings").EnumerateArray()
                     let type = binding.GetProperty("type").GetString()
                     where type is not ("httpTrigger" or "http")
                     select $"{function.GetProperty("name").GetString()} {type}";

        Assert.Equal(["Timer_Sweep timerTrigger", "Warmup warmupTrigger"], others.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory, Spec("azure.2.2/3")]
    [InlineData("Murano.Functions.dll")]
    [InlineData("Murano.Shared.dll")]
    [InlineData("Azure.Data.Tables.dll")]
    public void It_is_compiled_ahead(string file)
    {
        using var stream = File.OpenRead(Path.Combine(app.Folder, file));
        using var image = new PEReader(stream);

        Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, "There is no native code in it.");
    }

    [Fact]
    public void The_stand_ins_table_is_what_the_packages_declare() => Assert.Equal(
        OfficialSignatures.Rows.Where(rows => !OfficialSignatures.IsListed(rows.Key)).SelectMany(rows => rows.Select(row => $"{rows.Key}\t{row}")).Order(StringComparer.Ordinal),
        OfficialSignatures.Read(app.Folder).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void Building_it_warns_of_nothing_in_the_product()
    {
        _ = app.Folder;

        // NU1603: the feed has another version of what a package of Microsoft's asks for. NU19..: an advisory, which must not break a build of today.
        Assert.DoesNotContain(app.Output.Split('\n'), line => line.Contains(": warning ", StringComparison.Ordinal) && !line.Contains("NU1603", StringComparison.Ordinal) && !line.Contains("warning NU19", StringComparison.Ordinal));
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(app.Folder, file));

    private JsonElement Json(string file) => JsonDocument.Parse(Read(file)).RootElement;

    [GeneratedRegex("/console/assets/([^\"]+)")]
    private static partial Regex Asset();
}
