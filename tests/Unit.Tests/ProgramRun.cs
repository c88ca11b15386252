using System.Diagnostics;

namespace Murano.Unit.Tests;

/// <summary>Runs a program to its end, or to a deadline, and keeps what it wrote.</summary>
internal static class ProgramRun
{
    /// <summary>Runs it. When the deadline comes first, it is ended with all that it started, and the test fails.</summary>
    /// <returns>Exit code, and what it wrote to both streams.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> ToEndAsync(ProcessStartInfo start, TimeSpan deadline)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        using var process = Process.Start(start)!;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ends.CancelAfter(deadline);
        try
        {
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ends.Token), process.StandardError.ReadToEndAsync(ends.Token));
            await process.WaitForExitAsync(ends.Token);
            return (process.ExitCode, texts[0], texts[1]);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
