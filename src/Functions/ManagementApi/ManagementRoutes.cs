namespace Murano.Functions.ManagementApi;

/// <summary>Where operators find things (specification b.3, b.4, c.1). The host ignores a slash at the end.</summary>
internal static class ManagementRoutes
{
    /// <summary>Settings of a connector.</summary>
    public const string Settings = "api:1/service/{connector}/device2";

    /// <summary>One resource.</summary>
    public const string Resource = Settings + "/resource/{alias}";

    /// <summary>The identities.</summary>
    public const string Identities = Settings + "/identity";

    /// <summary>One identity.</summary>
    public const string Identity = Identities + "/{identity}";

    /// <summary>The values of one identity.</summary>
    public const string State = Identity + "/state";

    /// <summary>The tags of one identity.</summary>
    public const string IdentityTags = Identity + "/tag";

    /// <summary>The values of one identity's tag.</summary>
    public const string IdentityTag = IdentityTags + "/{name}";

    /// <summary>The names of tags in use.</summary>
    public const string Tags = Settings + "/tag";

    /// <summary>The values of a tag in use.</summary>
    public const string Tag = Tags + "/{name}";
}
