namespace Murano.Shared.Identities;

/// <summary>A page that is being filled, row by row.</summary>
internal sealed class IdentityPageBuilder(IdentityQuery query)
{
    // A search that lets little through ends its page after so many devices that it looked at, or so many rows that it passed over, and goes on with the next page.
    private const int LooksAPage = 2000;
    private const int RowsAPage = 20_000;

    private readonly List<Device> _devices = [];
    private int _looks;
    private int _rows;

    /// <summary>Whether it ends here.</summary>
    public bool IsFull => _devices.Count >= query.Rows || _looks >= LooksAPage || _rows >= RowsAPage;

    /// <summary>Where it ends: the last row.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Adds a row.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="isLooked">Whether its device was looked at.</param>
    /// <param name="device">The device; null = it does not pass.</param>
    public void Add(string place, bool isLooked, Device? device)
    {
        Last = place;
        _rows++;
        _looks += isLooked ? 1 : 0;
        if (device is not null)
        {
            _devices.Add(device);
        }
    }

    /// <summary>The page.</summary>
    /// <param name="isEnd">Whether there are no more rows.</param>
    public IdentityPage ToPage(bool isEnd) => new(_devices, isEnd ? null : new IdentityCursor(Last, query.Order).ToString());
}
