namespace Murano.Shared.Storage.Checks;

/// <summary>What can be wrong between a device's partition and what other places tell of it.</summary>
public enum CheckKind
{
    /// <summary>Rows of a device without its header.</summary>
    Rows,

    /// <summary>A fence that should not be there, or one that is missing.</summary>
    Fence,

    /// <summary>A delete that nobody will finish.</summary>
    Delete,

    /// <summary>The row of the list is missing, says something else, or is of no device.</summary>
    Directory,

    /// <summary>The row by last seen is missing, or there is one too many.</summary>
    Recency,

    /// <summary>An index row of a tag is missing, or there is one too many.</summary>
    TagIndex,

    /// <summary>The row of a token is missing, or there is one too many.</summary>
    Credentials,

    /// <summary>A file of no device.</summary>
    Content,

    /// <summary>Work that fell due long ago and was not finished.</summary>
    Todo,

    /// <summary>A row or a container of no connector.</summary>
    Connector,
}
