using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>One run of the Bicep compiler, which is asked over its standard input and output (JSON-RPC, framed as language servers do): its start is what costs most.</summary>
internal sealed class BicepCompiler : IDisposable
{
    private readonly Process _process;
    private int _asked;

    private BicepCompiler(Process process) => _process = process;

    /// <summary>Where the compiler is; null where there is none for the platform.</summary>
    public static string? Program { get; } = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(data => data.Key is "Bicep")?.Value;

    /// <summary>Starts the compiler.</summary>
    public static BicepCompiler Start() => new(Process.Start(new ProcessStartInfo(Program!, ["jsonrpc", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!);

    /// <summary>Runs one command to its end.</summary>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Compiles and lints a file.</summary>
    public async Task<BicepFile> CompileAsync(string path, CancellationToken cancellationToken)
    {
        var result = await AskAsync("bicep/compile", new { path }, cancellationToken);
        return new BicepFile(
            Repository.NameOf(path),
            result.TryGetProperty("contents", out var contents) ? JsonElement.Parse(contents.GetString()!) : null,
            [
                .. result.GetProperty("diagnostics").EnumerateArray().Select(diagnostic => new BicepDiagnostic(
                    Repository.NameOf(diagnostic.GetProperty("source").GetString()!),
                    diagnostic.GetProperty("code").GetString()!,
                    diagnostic.GetProperty("level").GetString()!,
                    diagnostic.GetProperty("message").GetString()!)),
            ]);
    }

    /// <summary>The text of a file as the compiler would lay it out.</summary>
    public async Task<string> FormatAsync(string path, CancellationToken cancellationToken) => (await AskAsync("bicep/format", new { path }, cancellationToken)).GetProperty("contents").GetString()!;

    /// <summary>What a deployment of a parameters file would ask Azure for, as far as that is known before it runs.</summary>
    public async Task<JsonElement> PredictAsync(string path, CancellationToken cancellationToken)
    {
        var metadata = new { tenantId = InfraDeployment.Tenant, subscriptionId = InfraDeployment.Subscription, location = InfraDeployment.Location, deploymentName = "test" };
        return JsonElement.Parse((await AskAsync("bicep/getSnapshot", new { path, metadata }, cancellationToken)).GetProperty("snapshot").GetString()!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<JsonElement> AskAsync(string method, object parameters, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id = ++_asked, method, @params = parameters });
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), cancellationToken);
        await input.WriteAsync(body, cancellationToken);
        await input.FlushAsync(cancellationToken);

        var reply = await ReadAsync(cancellationToken);
        return reply.TryGetProperty("result", out var result) ? result : throw new InvalidDataException(reply.GetProperty("error").GetProperty("message").GetString());
    }

    private async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        const string length = "Content-Length:";
        var bytes = 0;
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } header)
        {
            if (header.StartsWith(length, StringComparison.OrdinalIgnoreCase))
            {
                bytes = int.Parse(header.AsSpan(length.Length), CultureInfo.InvariantCulture);
            }
        }

        var body = new byte[bytes];
        await _process.StandardOutput.BaseStream.ReadExactlyAsync(body, cancellationToken);
        return JsonElement.Parse(body);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await _process.StandardOutput.BaseStream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }
}
