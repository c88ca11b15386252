using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Murano.Unit.Tests.Documents;

/// <summary>One setting of an options class, in the words of the documents.</summary>
/// <param name="Key">Its name as an environment variable.</param>
/// <param name="Default">Its default as text; empty = none.</param>
/// <param name="Bounds">Its range as the documents write it; null when it has none.</param>
/// <param name="IsLocal">Whether it belongs to LocalHost.</param>
internal sealed record ProductOption(string Key, string Default, string? Bounds, bool IsLocal)
{
    /// <summary>The settings of one options class.</summary>
    public static IEnumerable<ProductOption> Of(Type type)
    {
        var section = (string)type.GetField("Section")!.GetRawConstantValue()!;
        var defaults = Activator.CreateInstance(type);
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => new ProductOption(
                $"{section}__{property.Name}",
                Text(property.GetValue(defaults)),
                property.GetCustomAttribute<RangeAttribute>() is { } range ? Range(range) : null,
                string.Equals(type.Assembly.GetName().Name, "Murano.LocalHost", StringComparison.Ordinal)));
    }

    private static string Range(RangeAttribute range) =>
        range.Maximum is double and >= long.MaxValue ? $"`{Text(range.Minimum)}` or more" : $"`{Text(range.Minimum)}` to `{Text(range.Maximum)}`";

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c"),
        Enum or IFormattable => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"The documents have no form for a {value.GetType()}."),
    };
}
