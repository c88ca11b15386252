using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>One storage emulator for all tests of the assembly; tests keep apart by their table prefix.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private AzuriteEmulator? _azurite;

    /// <summary>How clients reach it.</summary>
    public string ConnectionString => _azurite?.ConnectionString ?? throw new InvalidOperationException("The emulator has not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteEmulator.StartAsync(_folder.Path, Patience, Console.Error.WriteLine, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        _folder.Dispose();
    }
}
