using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>Finds the place of an alias among the few that most requests have, and among the many that some have, at the same small cost.</summary>
internal sealed class AliasIndex
{
    private const int FewAliases = 8;

    private readonly List<string> _aliases = [];
    private Dictionary<string, int>? _places;

    /// <summary>The distinct aliases, each at its first place.</summary>
    public List<string> Aliases => _aliases;

    /// <summary>Notes an alias.</summary>
    /// <param name="alias">Compared ordinally.</param>
    /// <param name="place">Where it stands; -1 when it would be one more than <see cref="StateLimits.MaxAliases"/>.</param>
    /// <returns>Whether it is new.</returns>
    public bool Add(string alias, out int place)
    {
        if (_places is null)
        {
            place = _aliases.IndexOf(alias);
        }
        else if (!_places.TryGetValue(alias, out place))
        {
            place = -1;
        }

        if (place >= 0 || _aliases.Count == StateLimits.MaxAliases)
        {
            return false;
        }

        place = _aliases.Count;
        _aliases.Add(alias);
        _places?.Add(alias, place);
        if (_places is null && place == FewAliases)
        {
            _places = new(StateLimits.MaxAliases, StringComparer.Ordinal);
            for (var i = 0; i < _aliases.Count; i++)
            {
                _places.Add(_aliases[i], i);
            }
        }

        return true;
    }
}
