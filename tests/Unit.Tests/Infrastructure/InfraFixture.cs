using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>Compiles infra/ once for all tests of it, and predicts what deployments with some sets of parameters would ask for.</summary>
public sealed class InfraFixture : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20); // for all tests of infra together, on a machine that does much else

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("murano-infra-");
    private readonly CancellationTokenSource _deadline = new(Deadline);
    private readonly Dictionary<string, InfraDeployment> _deployments = new(StringComparer.Ordinal);
    private BicepCompiler? _compiler;
    private IReadOnlyList<BicepFile> _files = [];

    /// <summary>All .bicep files.</summary>
    internal IReadOnlyList<BicepFile> Files => Compiled(_files);

    /// <summary>The file that azd reads.</summary>
    internal BicepFile Main => Files.Single(file => file.Name is "infra/main.bicep");

    /// <summary>Deployments by the names of their sets of parameters.</summary>
    internal IReadOnlyDictionary<string, InfraDeployment> Deployments => Compiled(_deployments);

    /// <summary>The deployment of somebody who chose nothing.</summary>
    internal InfraDeployment Default => Deployments[InfraCases.Default];

    /// <summary>The deployment of somebody who chose something else than the default wherever that adds something.</summary>
    internal InfraDeployment Everything => Deployments[InfraCases.Everything];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (BicepCompiler.Program is null)
        {
            return;
        }

        // The compiler looks for its configuration once for each folder.
        File.Copy(Repository.PathOf("infra/bicepconfig.json"), Path.Combine(_folder.FullName, "bicepconfig.json"));
        _compiler = BicepCompiler.Start();
        List<BicepFile> files = [];
        foreach (var path in Repository.Files("infra", "*.bicep"))
        {
            files.Add(await _compiler.CompileAsync(path, _deadline.Token));
        }

        _files = files;
        if (files.Any(file => file.Template is null))
        {
            throw new InvalidDataException(string.Join('\n', files.SelectMany(file => file.Diagnostics).Distinct()));
        }

        foreach (var (name, parameters) in InfraCases.All)
        {
            _deployments.Add(name, await PredictAsync(parameters));
        }
    }

    /// <summary>What a deployment with these parameters, in the words of Bicep, would ask for.</summary>
    /// <exception cref="InvalidDataException">The template refuses them; the message says why.</exception>
    internal async Task<InfraDeployment> PredictAsync(string parameters)
    {
        var path = Path.Combine(_folder.FullName, "case.bicepparam");
        var main = Path.GetRelativePath(_folder.FullName, Repository.PathOf("infra/main.bicep")).Replace(Path.DirectorySeparatorChar, '/');
        await File.WriteAllTextAsync(path, $"using '{main}'\n{parameters}", _deadline.Token);
        return InfraDeployment.From(await Compiled(_compiler)!.PredictAsync(path, _deadline.Token));
    }

    /// <summary>Compiles a text that is not one of the files.</summary>
    internal async Task<BicepFile> CompileAsync(string text)
    {
        var path = Path.Combine(_folder.FullName, "text.bicep");
        await File.WriteAllTextAsync(path, text, _deadline.Token);
        return await Compiled(_compiler)!.CompileAsync(path, _deadline.Token);
    }

    /// <summary>The text of one of the files as the compiler would lay it out.</summary>
    internal Task<string> FormatAsync(BicepFile file) => Compiled(_compiler)!.FormatAsync(Repository.PathOf(file.Name), _deadline.Token);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _compiler?.Dispose();
        _deadline.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static T Compiled<T>(T value)
    {
        Assert.SkipWhen(BicepCompiler.Program is null, "The Bicep compiler comes with the tests on linux-x64 only.");
        return value;
    }
}
