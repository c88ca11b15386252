using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Access;

/// <summary>Finds the device of a token. The token names its connector by itself; the host may only not name another.</summary>
public sealed class TokenAccess(ConnectorService connectors, DeviceHosts hosts, TableCredentialStore credentials, CredentialCache cache, FailedLogOns failed, IOptions<DeviceOptions> options)
{
    /// <summary>The session, not yet confirmed unless it is cached; Unauthorized; TooMany. A token that is known passes, however often others failed from its address.</summary>
    internal async Task<Outcome<DeviceSession>> AuthenticateAsync(DeviceToken token, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        var look = cache.Look();
        var cached = cache.Find(token.Hash, token.Hash);
        var recalled = cached ?? cache.Recall(token.Hash, token.Hash);
        var hint = recalled?.Hint ?? await credentials.FindAsync(token.Hash, cancellationToken);
        if (hint is null)
        {
            return failed.Count(new Failure.Unauthorized("unknown-token", "The token is not known."), ApiSide.Device, origin.Address);
        }

        if (await connectors.FindAsync(hint.Device.Connector, cancellationToken) is not { } connector)
        {
            return new Failure.Unauthorized("unknown-connector", "The connector does not exist.");
        }

        origin.Trace.Connector = connector;
        origin.Trace.Name(hint.Device.Identity.Value);
        if (await IsOtherHostAsync(connector.Id, origin.Host, cancellationToken))
        {
            return new Failure.Unauthorized("wrong-host", "The credentials belong to another connector.");
        }

        // A device whose identity no longer fits the format is ignored on each request (specification f).
        return IdentityFormatRules.Matches(connector.Settings.IdentityFormat, hint.Device.Identity)
            ? new DeviceSession(connector, recalled ?? new(token.Hash, token.Hash, hint, new(AuthType.Token, token.Hash)), origin, look, cached is not null) { Recalled = recalled is not null }
            : new Failure.Unauthorized("identity-format", "The identity is not of the connector's format.");
    }

    private async Task<bool> IsOtherHostAsync(ConnectorId own, string host, CancellationToken cancellationToken)
    {
        if (hosts.TryRead(host, out var named, out _))
        {
            return named != own && (options.Value.StrictHost || await connectors.FindAsync(named, cancellationToken) is not null);
        }

        return options.Value.StrictHost;
    }
}
