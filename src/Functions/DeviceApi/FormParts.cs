namespace Murano.Functions.DeviceApi;

/// <summary>
/// Walks over the parts of a form or query, still encoded: split on <c>&amp;</c>, then on the first <c>=</c>; empty parts are skipped
/// (specification a.4).
/// </summary>
internal ref struct FormParts(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>What stands before the first <c>=</c>; the whole part when there is none.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What stands after the first <c>=</c>.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the part had a <c>=</c>.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Goes to the next part.</summary>
    /// <returns>False when there is none.</returns>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)'&');
            var part = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (part.IsEmpty)
            {
                continue;
            }

            var equals = part.IndexOf((byte)'=');
            HasValue = equals >= 0;
            Name = HasValue ? part[..equals] : part;
            Value = HasValue ? part[(equals + 1)..] : default;
            return true;
        }

        return false;
    }
}
