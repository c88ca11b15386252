using System.Security.Cryptography;

namespace Murano.LocalHost.Hosting;

/// <summary>What a person reads when the app is ready.</summary>
internal static class Banner
{
    /// <summary>Addresses and, for an app that has a connector, three lines that work as they are pasted.</summary>
    public static string For(RunInfo run)
    {
        var http = $"http://localhost:{new Uri(run.Http).Port}";
        var lines = new List<string>
        {
            "",
            $"  http       {run.Http}",
            $"  https      {run.Https}   (CA certificate: {run.Ca})",
        };
        if (run is { Connector: { } connector, Operator: { } credential })
        {
            var sn = "demo-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
            lines.AddRange(
            [
                $"  page       {http}/",
                $"  connector  https://{run.Fqdn}",
                $"  operator   {credential.Name} {credential.Secret}",
                "",
                "Activate a device, write and read:",
                "",
                $"TOKEN=$(curl -s -d 'vendor={connector}&model={connector}&sn={sn}' {http}/provision/activate)",
                $"curl -i -H \"X-Exosite-CIK: $TOKEN\" -d temperature=21.5 {http}/onep:v1/stack/alias",
                $"curl -H \"X-Exosite-CIK: $TOKEN\" '{http}/onep:v1/stack/alias?temperature'; echo",
            ]);
        }

        lines.AddRange(["", "Ready. Ctrl-C stops.", ""]);
        return string.Join(Environment.NewLine, lines);
    }
}
