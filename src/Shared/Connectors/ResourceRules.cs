using System.Text;
using Murano.Shared.State;

namespace Murano.Shared.Connectors;

/// <summary>What a resource's definition may be and which values it takes (specification c.3).</summary>
public static class ResourceRules
{
    /// <summary>Most resources of one connector, so that they and the settings are read in one page of storage's.</summary>
    public const int MaxResources = 999;

    /// <summary>Reason of the refusal of a value that only devices write.</summary>
    public const string NotSettable = "not-settable";

    private const string True = "true";
    private const string False = "false";

    /// <summary>Whether the cloud may set this value: settable, within the size, within format and allowed values.</summary>
    /// <returns>Null when it may; else Rejected, or TooLarge.</returns>
    public static Failure? Check(ResourceDefinition definition, StateValue value)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(value);
        var alias = definition.Alias.Value;
        if (!definition.Settable)
        {
            return new Failure.Rejected(NotSettable, alias, "Value is not settable");
        }

        if (value.Text.Length > StateLimits.MaxValueBytes)
        {
            return new Failure.TooLarge("value-too-large", $"{alias}: a value has at most {StateLimits.MaxValueBytes} bytes.");
        }

        var text = Encoding.UTF8.GetString(value.Text.Span);
        if (!IsOfFormat(definition.Format, value.Kind, text))
        {
            return new Failure.Rejected("bad-format", alias, $"Value is not a {definition.Format.ToString().ToLowerInvariant()}");
        }

        return IsAllowed(definition, text) ? null : new Failure.Rejected("not-allowed", alias, "Value is not allowed");
    }

    /// <summary>Whether a definition makes sense: readable allowed values, an initial value that the cloud could set.</summary>
    /// <returns>Null when it does; else why not, with the place in the definition.</returns>
    internal static Failure.Rejected? Check(ResourceDefinition definition)
    {
        for (var i = 0; i < definition.Allowed.Count; i++)
        {
            if (!IsEntry(definition.Format, definition.Allowed[i]))
            {
                return new("bad-allowed", $"allowed.{i}", definition.Format == ResourceFormat.Number
                    ? "An allowed value of a number is a number, or a range such as \"0:100\" or \"9-11\"."
                    : "An allowed value of a boolean is true or false.");
            }
        }

        if (definition.Initial is not { } initial)
        {
            return null;
        }

        if (!definition.Settable)
        {
            return new("bad-initial", "initial", "Only a settable resource has an initial value.");
        }

        return Encoding.UTF8.GetByteCount(initial) <= StateLimits.MaxValueBytes && IsOfFormat(definition.Format, ValueKind.Text, initial) && IsAllowed(definition, initial)
            ? null
            : new("bad-initial", "initial", "The initial value does not fit the format or the allowed values.");
    }

    // Text that reads as a number or boolean passes: command lines have nothing but text. A string takes any kind.
    private static bool IsOfFormat(ResourceFormat format, ValueKind kind, string text) => format switch
    {
        ResourceFormat.Number => kind != ValueKind.Boolean && ResourceNumber.TryParse(text, out _),
        ResourceFormat.Boolean => kind != ValueKind.Number && text is True or False,
        _ => true,
    };

    private static bool IsEntry(ResourceFormat format, string json) => format switch
    {
        ResourceFormat.Number => AllowedRange.TryParse(json, out _),
        ResourceFormat.Boolean => AllowedRange.Text(json) is True or False,
        _ => true,
    };

    private static bool IsAllowed(ResourceDefinition definition, string text)
    {
        if (definition.Allowed.Count == 0)
        {
            return true;
        }

        if (definition.Format != ResourceFormat.Number)
        {
            return definition.Allowed.Any(entry => string.Equals(AllowedRange.Text(entry), text, StringComparison.Ordinal));
        }

        return ResourceNumber.TryParse(text, out var number) && definition.Allowed.Any(entry => AllowedRange.TryParse(entry, out var range) && range.Holds(number));
    }
}
