using System.Diagnostics;

namespace Murano.Functions.Telemetry;

/// <summary>
/// In Azure, the trace that the platform's host has begun for a request. The worker makes an activity of it only while somebody listens; this does, and records nothing: the
/// host exports its own record of each request, and the app's span is to hang below that.
/// </summary>
internal static class HostInvocations
{
    /// <summary>Name of the worker's source.</summary>
    internal const string SourceName = "Microsoft.Azure.Functions.Worker";

    /// <summary>Listens until it is disposed of.</summary>
    public static IDisposable Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.Equals(SourceName, StringComparison.Ordinal),
            Sample = static (ref _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Whether an activity is such an invocation.</summary>
    public static bool IsOne(Activity? activity) => activity?.Source.Name.Equals(SourceName, StringComparison.Ordinal) == true;
}
