using System.Collections.Frozen;
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

    // What devices call has no parameters: such addresses are found without taking them apart.
    private readonly FrozenDictionary<string, RouteEntry[]> _fixed;

    /// <summary>A table of the given routes.</summary>
    internal RouteTable(IEnumerable<RouteEntry> entries)
    {
        _entries = [.. entries.OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];
        _fixed = _entries.Where(entry => entry.IsFixed).Select(entry => entry.Address).Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(address => address, address => _entries.Where(entry => !entry.TakesAll && entry.Matches(address)).ToArray(), StringComparer.OrdinalIgnoreCase);
    }

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
    public string? NameOf(string method, PathString path) => Find(method, path)?.Name;

    /// <summary>The route by which the host finds the function for a request; null when none but the one for all the rest.</summary>
    internal RouteEntry? Find(string method, PathString path)
    {
        var isFixed = _fixed.TryGetValue(path.Value ?? "", out var same);
        foreach (var entry in isFixed ? same! : _entries)
        {
            if (!entry.TakesAll && Has(entry, method) && (isFixed || entry.Matches(path)))
            {
                return entry;
            }
        }

        return null;
    }

    private static bool Has(RouteEntry entry, string method)
    {
        for (var i = 0; i < entry.Methods.Count; i++)
        {
            if (entry.Methods[i].Equals(method, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

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
