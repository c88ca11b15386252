using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>That a device's request was refused. It holds nothing that was in the request but its method, its path and the identity that it named.</summary>
internal sealed record DeviceRefusal
{
    /// <summary>The identity as the device gave it, cut; empty = not known.</summary>
    public string Identity { get; init; } = "";

    /// <summary>The device, if the identity can be one.</summary>
    public IdentityId? Device { get; init; }

    /// <summary>The request's address.</summary>
    public required string Address { get; init; }

    /// <summary>When, µs since the Unix epoch.</summary>
    public required long Time { get; init; }

    /// <summary>Stable word, as in docs/refusals.md.</summary>
    public required string Reason { get; init; }

    /// <summary>For people.</summary>
    public required string Message { get; init; }

    /// <summary>The HTTP status that the device got.</summary>
    public required int Code { get; init; }

    /// <summary>The request's method.</summary>
    public required string Method { get; init; }

    /// <summary>The request's path, without the query.</summary>
    public required string Path { get; init; }
}
