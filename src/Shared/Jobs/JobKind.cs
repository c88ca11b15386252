namespace Murano.Shared.Jobs;

/// <summary>What a job does with each of its identities.</summary>
public enum JobKind
{
    /// <summary>Makes it, or changes it, and sets its tags.</summary>
    Import,

    /// <summary>Shuts it out.</summary>
    Lock,

    /// <summary>Lets it in again.</summary>
    Unlock,

    /// <summary>Deletes it.</summary>
    Delete,

    /// <summary>Changes its tags.</summary>
    Tag,

    /// <summary>Sets values.</summary>
    State,

    /// <summary>Reads it, in the shape of an import.</summary>
    Export,
}
