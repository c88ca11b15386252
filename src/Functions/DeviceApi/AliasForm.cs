using System.Text.Unicode;
using Murano.Shared;
using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// The body of a write, <c>alias=value&amp;...</c>, encoded or raw (specification a.4, a.7). An alias that stands twice keeps its first place and its
/// last value. Any non-empty alias is taken: whether it is defined is not asked here.
/// </summary>
internal static class AliasForm
{
    /// <summary>Reads a body. The values are copies, so the body's memory may be given back.</summary>
    /// <returns>
    /// Distinct aliases within <see cref="StateLimits"/>, none for an empty body; Rejected for a part without <c>=</c>, an empty alias or
    /// text that is not UTF-8; TooLarge beyond a limit.
    /// </returns>
    public static Outcome<List<AliasValue>> Parse(ReadOnlySpan<byte> body)
    {
        var values = new List<AliasValue>();
        var index = new AliasIndex();
        var total = 0;
        var parts = new FormParts(body);
        while (parts.MoveNext())
        {
            if (!parts.HasValue)
            {
                return FormFailure.NoValue;
            }

            if (parts.Name.IsEmpty)
            {
                return FormFailure.EmptyAlias;
            }

            if (!FormName.TryDecode(parts.Name, out var alias))
            {
                return FormFailure.NotUtf8;
            }

            var length = FormText.DecodedLength(parts.Value);
            if (length > StateLimits.MaxValueBytes)
            {
                return FormFailure.ValueTooLarge;
            }

            var value = length == 0 ? [] : new byte[length];
            FormText.Decode(parts.Value, value);
            if (!Utf8.IsValid(value))
            {
                return FormFailure.NotUtf8;
            }

            if (index.Add(alias, out var place))
            {
                values.Add(new(alias, value));
            }
            else if (place >= 0)
            {
                total -= values[place].Value.Length;
                values[place] = values[place] with { Value = value };
            }
            else
            {
                return FormFailure.TooManyAliases;
            }

            total += length;
        }

        // Only what is kept counts, so the sum is known at the end; the body's own limit bounds the work until then.
        return total > StateLimits.MaxRequestValueBytes ? FormFailure.ValuesTooLarge : values;
    }
}
