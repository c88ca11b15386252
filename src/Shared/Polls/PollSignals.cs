namespace Murano.Shared.Polls;

/// <summary>Why a poll stops sleeping; several may come together.</summary>
[Flags]
internal enum PollSignals
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>The cloud set values of the device.</summary>
    Set = 1,

    /// <summary>The credential may hold no longer.</summary>
    Access = 2,

    /// <summary>Nothing was heard for a while.</summary>
    LookAgain = 4,

    /// <summary>Its time is up, another poll takes its place, or the host stops.</summary>
    End = 8,

    /// <summary>The client has left.</summary>
    Gone = 16,

    /// <summary>Something is known to have happened.</summary>
    Woken = Set | Access,

    /// <summary>Storage is to be looked at.</summary>
    Look = Woken | LookAgain,
}
