using System.Net.Sockets;
using Azure;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Murano.LocalHost.Hosting;

/// <summary>Turns what can go wrong at a start into one sentence and an exit code, or into an exception for a test.</summary>
internal static class Failures
{
    /// <summary>The exit code of a start that fails.</summary>
    public const int ExitCode = 1;

    // The assembly that turns settings into options; it has no exception of its own.
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>Runs a step of the start; explained failures end the process, or are thrown when a test runs the app.</summary>
    public static T ReportedBy<T>(LocalFunctionsOptions? test, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception fault) when (Explain(fault) is { } sentence)
        {
            throw Report(test, sentence, fault);
        }
    }

    /// <summary>As <see cref="ReportedBy{T}"/>, for a step that takes its time.</summary>
    public static async Task ReportedByAsync(LocalFunctionsOptions? test, Func<Task> step, Func<ValueTask> cleanUp)
    {
        try
        {
            await step();
        }
        catch (Exception fault)
        {
            await cleanUp();
            if (Explain(fault) is { } sentence)
            {
                throw Report(test, sentence, fault);
            }

            throw;
        }
    }

    /// <summary>What a person can do about <paramref name="fault"/>; null when it is a mistake in the program.</summary>
    public static string? Explain(Exception fault) => fault switch
    {
        LocalHostException known => known.Message,
        InvalidOperationException { Source: Binder } unreadable => $"Settings are not valid: {unreadable.Message}",
        OptionsValidationException options => $"Settings are not valid: {string.Join("; ", options.Failures)}",
        RequestFailedException { Status: 0 } dead => NoStorage(dead.Message),
        RequestFailedException refused => $"The storage at AzureWebJobsStorage refused a request: {$"{refused.Status} {refused.ErrorCode}".TrimEnd()}. Check the connection string.",
        AddressInUseException => "A port was taken by another program at the last moment: start again.",
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "A port was taken by another program at the last moment: start again.",
        OperationCanceledException => "Stopped before it was ready.",
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.Select(Explain).FirstOrDefault(sentence => sentence is not null),
        { InnerException: { } inner } => Explain(inner),
        _ => null,
    };

    /// <summary>The sentence for a storage that does not answer.</summary>
    public static string NoStorage(string reason) =>
        $"The storage at AzureWebJobsStorage does not answer ({FirstLine(reason)}): start it, or remove the setting to have a storage emulator started for you.";

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.', ' ');

    private static LocalHostException Report(LocalFunctionsOptions? test, string sentence, Exception fault)
    {
        if (test is null)
        {
            Console.Error.WriteLine(sentence.ReplaceLineEndings(" "));
            Environment.Exit(ExitCode);
        }

        return new LocalHostException(sentence, fault);
    }
}
