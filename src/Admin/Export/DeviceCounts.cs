namespace Murano.Admin.Export;

/// <summary>How much of identities an export holds.</summary>
internal sealed record DeviceCounts
{
    /// <summary>Identities.</summary>
    public int Identities { get; private set; }

    /// <summary>Their tags.</summary>
    public long Tags { get; private set; }

    /// <summary>Their aliases with values.</summary>
    public long Values { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add(ExportedIdentity identity)
    {
        Identities++;
        Tags += identity.Tags.Count;
        Values += identity.State.Count;
    }
}
