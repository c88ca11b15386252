namespace Murano.Functions.DeviceApi;

/// <summary>Where devices find things (specification a.5 to a.10).</summary>
internal static class Routes
{
    /// <summary>A device asks for its token.</summary>
    public const string Activate = "provision/activate";

    /// <summary>A device lists and fetches files.</summary>
    public const string Download = "provision/download";

    /// <summary>A device brings a file. This address is our own choice: Murano's is not known.</summary>
    public const string Upload = "provision/upload";

    /// <summary>Values are written and read.</summary>
    public const string Alias = "onep:v1/stack/alias";

    /// <summary>Points with times are recorded.</summary>
    public const string Record = "onep:v1/stack/record";

    /// <summary>The same for one alias, the older form.</summary>
    public const string RecordAlias = "onep:v1/stack/alias/{alias}";

    /// <summary>The time.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>The device's address.</summary>
    public const string Ip = "ip";
}
