using System.Diagnostics.CodeAnalysis;

namespace Murano.Shared.Access;

/// <summary>Who an operator is, in logs, in the audit log and in addresses that were signed for them: an API key, or somebody of the Entra ID tenant. No secret.</summary>
public readonly record struct OperatorId
{
    // Longer than the id of a key, so that neither can be taken for the other.
    private const string Entra = "entra-";

    private OperatorId(string value, OperatorKeyId? key) => (Value, Key) = (value, key);

    /// <summary>The id of the key, or <c>entra-</c> and the object id.</summary>
    public string Value { get; }

    /// <summary>The key; null for somebody of the Entra ID tenant.</summary>
    public OperatorKeyId? Key { get; }

    /// <summary>The holder of a key.</summary>
    public static OperatorId Of(OperatorKeyId key) => new(key.Value, key);

    /// <summary>A person, or a program, of the Entra ID tenant.</summary>
    public static OperatorId OfEntra(Guid objectId) => new($"{Entra}{objectId:D}", null);

    /// <summary>Reads an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OperatorId id)
    {
        id = OperatorKeyId.TryParse(text, out var key) ? Of(key)
            : text?.StartsWith(Entra, StringComparison.Ordinal) is true && Guid.TryParseExact(text[Entra.Length..], "D", out var person) ? OfEntra(person)
            : default;
        return string.Equals(id.Value, text, StringComparison.Ordinal) && text is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
