using System.Text.Json;

namespace Murano.Admin.Http;

/// <summary>What a management API answered.</summary>
/// <param name="Status">The code.</param>
/// <param name="Body">The body as JSON; null when it is none.</param>
internal sealed record ApiReply(int Status, JsonElement? Body)
{
    private const int LongestMessage = 300;

    /// <summary>Whether it was done.</summary>
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>The stable word of a refusal of this product; else the code.</summary>
    public string Reason => Text("reason") ?? FormattableString.Invariant($"http-{Status}");

    /// <summary>A sentence for people.</summary>
    public string Message
    {
        get
        {
            var text = Text("message") ?? FormattableString.Invariant($"The answer was {Status}.");
            return text.Length <= LongestMessage ? text : text[..LongestMessage];
        }
    }

    /// <summary>A text of the body; null = it has none of this name.</summary>
    public string? Text(string name) =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
