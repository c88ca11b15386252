using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Murano.Functions.Fallback;

/// <summary>
/// All HTTP routes of the app, as its functions declare them, in the order in which the host tries them: by name, ignoring case. The host answers a
/// wrong method as if the address did not exist; with this table the app can tell the difference.
/// </summary>
public sealed class RouteTable
{
    private readonly RouteEntry[] _entries;

    /// <summary>A table of the given routes.</summary>
    internal RouteTable(IEnumerable<RouteEntry> entries) => _entries = [.. entries.OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The routes in order.</summary>
    internal IReadOnlyList<RouteEntry> Entries => _entries;

    /// <summary>Reads the table from an assembly's function classes.</summary>
    public static RouteTable Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new(assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(Read)
            .OfType<RouteEntry>());
    }

    /// <summary>The methods that an address has, in the form of the header <c>Allow</c>.</summary>
    /// <returns>Null when there is no such address.</returns>
    public string? Allowed(PathString path)
    {
        SortedSet<string>? methods = null;
        foreach (var entry in _entries)
        {
            if (!entry.TakesAll && entry.Methods.Count > 0 && entry.Matches(path))
            {
                methods ??= new(StringComparer.Ordinal);
                methods.UnionWith(entry.Methods);
            }
        }

        return methods is null ? null : string.Join(", ", methods);
    }

    /// <summary>The function that the host runs for a request; null when none but the one for all the rest.</summary>
    public string? NameOf(string method, PathString path) =>
        _entries.FirstOrDefault(entry => !entry.TakesAll && entry.Methods.Contains(method, StringComparer.OrdinalIgnoreCase) && entry.Matches(path))?.Name;

    private static RouteEntry? Read(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
        {
            return null;
        }

        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is { } trigger)
            {
                return new(function.Name, trigger.Route ?? function.Name, [.. (trigger.Methods ?? []).Select(verb => verb.ToUpperInvariant())]);
            }
        }

        return null;
    }
}
