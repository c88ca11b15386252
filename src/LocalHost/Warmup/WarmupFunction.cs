using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Murano.LocalHost.Warmup;

/// <summary>The function that the platform runs on an instance which it adds, before requests come to it.</summary>
internal sealed record WarmupFunction(MethodInfo Method)
{
    private const string RequiredName = "warmup";

    // The app declares the attribute itself: the platform's own stands in a package that adds nothing to it.
    private static readonly string[] Triggers = ["WarmupTrigger", "WarmupTriggerAttribute"];

    /// <summary>Whether a parameter makes its function the one for this.</summary>
    public static bool IsTrigger(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<TriggerBindingAttribute>() is { } trigger && Triggers.Contains(trigger.GetType().Name, StringComparer.Ordinal);

    /// <summary>Reads a function.</summary>
    public static WarmupFunction Create(string name, MethodInfo method)
    {
        if (!string.Equals(name, RequiredName, StringComparison.OrdinalIgnoreCase))
        {
            throw new LocalHostException($"Function '{name}' has a warm-up trigger, which the platform knows only under the name '{RequiredName}'.");
        }

        if (method.GetParameters().FirstOrDefault(parameter => !IsTrigger(parameter) && parameter.ParameterType != typeof(CancellationToken)) is { } foreign)
        {
            throw new LocalHostException($"Function '{name}' has the parameter '{foreign.Name}', which the platform cannot fill: it is neither the trigger nor a CancellationToken.");
        }

        return method.ReturnType == typeof(void) || method.ReturnType == typeof(Task)
            ? new(method)
            : throw new LocalHostException($"Function '{name}' warms up and must return Task or nothing.");
    }
}
