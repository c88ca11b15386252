using System.Reflection;
using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Functions.Console;

/// <summary>What the page has to know before anybody has signed in: the version, where plain http is heard, and who signs people in. Nothing of it is secret.</summary>
public sealed class ConsoleConfig(IOptions<EntraOptions> entra, DeviceHosts hosts)
{
    private static readonly string Version = typeof(ConsoleConfig).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly Lazy<ReadOnlyMemory<byte>> _json = new(() => Write(entra.Value, hosts.DevModePort));

    /// <summary>As JSON.</summary>
    internal ReadOnlyMemory<byte> Json => _json.Value;

    private static ReadOnlyMemory<byte> Write(EntraOptions entra, int devModePort) => JsonText.BytesOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteNumber("devmodePort", devModePort);
        if (entra.IsOn)
        {
            json.WriteStartObject("entra");
            json.WriteString("authority", entra.Authority);
            json.WriteString("clientId", entra.PageClientId);
            json.WriteString("scope", entra.PageScope);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("entra");
        }

        json.WriteEndObject();
    });
}
