using Murano.Shared.Access;

namespace Murano.LocalHost;

/// <summary>What a program needs to talk to a running app; the content of run.json.</summary>
/// <param name="Http">Base address for plain HTTP.</param>
/// <param name="Https">Base address for HTTPS.</param>
/// <param name="Ca">Path of the PEM file of the development CA that issued the server's certificate.</param>
/// <param name="Connector">The first connector; null when the app makes none.</param>
/// <param name="Fqdn">Host name, and port, of that connector.</param>
/// <param name="Operator">An operator's key of role admin.</param>
/// <param name="Storage">Connection string of the storage account.</param>
/// <param name="WebPubSub">Connection string of the Web PubSub service.</param>
/// <param name="Pid">Process id of the app.</param>
public sealed record RunInfo(string Http, string Https, string Ca, string? Connector, string? Fqdn, OperatorCredential? Operator, string? Storage, string? WebPubSub, int Pid)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Http} {Https} {Connector}";
}
