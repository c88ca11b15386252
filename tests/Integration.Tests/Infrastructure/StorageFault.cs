namespace Murano.Integration.Tests.Infrastructure;

/// <summary>What happens to one storage request.</summary>
public enum StorageFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It never reaches storage.</summary>
    Refused,

    /// <summary>Storage answers 503 and does nothing.</summary>
    Busy,

    /// <summary>Storage answers 403 and does nothing, as while a role does not count yet.</summary>
    NotAllowed,

    /// <summary>Storage does it, and the reply is lost.</summary>
    LostReply,

    /// <summary>The reply breaks off within its body, after its first 100,000 bytes.</summary>
    CutBody,
}
