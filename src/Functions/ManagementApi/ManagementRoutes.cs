namespace Murano.Functions.ManagementApi;

/// <summary>Where operators find things (specification b.3, b.4). The host ignores a slash at the end.</summary>
internal static class ManagementRoutes
{
    /// <summary>Settings of a connector.</summary>
    public const string Settings = "api:1/service/{connector}/device2";

    /// <summary>One resource.</summary>
    public const string Resource = Settings + "/resource/{alias}";

    /// <summary>The identities.</summary>
    public const string Identities = Settings + "/identity";

    /// <summary>How many identities there are.</summary>
    public const string IdentityCount = Settings + "/identities/count";

    /// <summary>One identity.</summary>
    public const string Identity = Identities + "/{identity}";

    /// <summary>The values of one identity.</summary>
    public const string State = Identity + "/state";
}
