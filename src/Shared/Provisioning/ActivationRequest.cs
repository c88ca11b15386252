using Murano.Shared.Access;

namespace Murano.Shared.Provisioning;

/// <summary>What a device says when it asks for its token (specification a.5), as text from the form; null = the field was not there.</summary>
public sealed record ActivationRequest
{
    /// <summary>Field <c>id</c>, else <c>sn</c>.</summary>
    public string? Identity { get; init; }

    /// <summary>Field <c>vendor</c>: the connector id in old libraries.</summary>
    public string? Vendor { get; init; }

    /// <summary>Field <c>model</c>: the connector id again.</summary>
    public string? Model { get; init; }

    /// <summary>Field <c>password</c>: what a password device wants to be known by. Counts where passwords are used.</summary>
    public DevicePassword? Password { get; init; }

    /// <summary>Where it came from.</summary>
    public required DeviceOrigin Origin { get; init; }
}
