namespace Murano.Shared.Access;

/// <summary>What became of noting that a device called.</summary>
internal enum TouchResult
{
    /// <summary>It is noted.</summary>
    Noted,

    /// <summary>Its last call was noted less than a minute ago.</summary>
    TooSoon,

    /// <summary>The fence is gone.</summary>
    FenceGone,
}
