using System.Text.Json;
using CsCheck;
using Murano.Shared;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Connectors;

public sealed class ConnectorJsonTests
{
    /// <summary>The blob of specification b.3 with names of our own.</summary>
    private const string Blob =
        """
        {"name":"Pumps","description":"All of them","fqdn":"u1.m2.example",
         "protocol":{"name":"onep","devmode":false,"port":443},
         "identity_format":{"prefix":"","type":"opaque","options":{"casing":"mixed","length":0}},
         "provisioning":{"auth_type":"token","enabled":true,"generate_identity":false,"presenter_identity":true,
                         "ip_whitelisting":{"enabled":false,"allowed":[]}},
         "resources":{"temp":{"format":"number","unit":"c","settable":false,"allowed":["0:100"],"sync":true}}}
        """;

    private static string Compact(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonText.Of(document.RootElement.WriteTo);
    }

    public sealed class Blob_that_operators_read
    {
        [Fact]
        [Spec("b.3/blob")]
        public void Is_the_one_of_the_specification()
        {
            var connector = Connectors.Empty.Patched(
                """{"name":"Pumps","description":"All of them","resources":{"temp":{"format":"number","unit":"c","settable":false,"allowed":["0:100"],"sync":true}}}""");

            Assert.Equal(Compact(Blob), connector.Blob());
        }

        [Fact]
        [Spec("b.3/blob")]
        public void Can_be_sent_back_as_it_came()
        {
            var connector = Connectors.Empty.Patched(Blob);

            Assert.Equal(Compact(Blob), connector.Blob());
            Assert.Equal(connector.Blob(), connector.Patched(connector.Blob("other.example")).Blob());
        }

        [Fact]
        [Spec("b.3/1")]
        public void Always_has_resources_and_shows_the_port_of_the_host_name()
        {
            var blob = Connectors.Empty.Blob("u1.m2.localhost:7443");

            Assert.EndsWith("\"resources\":{}}", blob, StringComparison.Ordinal);
            Assert.Contains("\"fqdn\":\"u1.m2.localhost:7443\",", blob, StringComparison.Ordinal);
        }

        [Fact]
        [Spec("c.4/8")]
        [Spec("b.3/2")]
        public void Shows_a_fraction_of_a_length_unchanged() =>
            Assert.Contains("\"length\":12.67}", Connectors.Empty.Patched("""{"identity_format":{"options":{"length":12.67}}}""").Blob(), StringComparison.Ordinal);

        [Fact]
        [Spec("c.3/4")]
        [Spec("c.3/6")]
        public void Shows_allowed_and_initial_values_as_they_were_written()
        {
            const string Definition = """{"format":"number","unit":"","settable":true,"allowed":["0:1",1.50,"7",1e3],"sync":false,"initial":1.50}""";

            Assert.Contains($"\"a\":{Definition}", Connectors.Empty.Patched($$$"""{"resources":{"a":{{{Definition}}}}}""").Blob(), StringComparison.Ordinal);
        }

        [Fact]
        [Spec("c.4/14")]
        public void Shows_a_CA_where_there_is_one()
        {
            Assert.DoesNotContain("pki", Connectors.Empty.Blob(), StringComparison.Ordinal);
            var stored = Connectors.Empty with { Settings = Connectors.Empty.Settings with { Pki = new PkiSettings { Enabled = true, ClientCa = "PEM" } } };
            Assert.Contains("\"pki\":{\"enabled\":true,\"client_ca\":\"PEM\"}", stored.Patched("""{"pki":{"vendor":{"name":"DigiCert"}}}""").Blob(), StringComparison.Ordinal);
        }
    }

    public sealed class Text_in_storage
    {
        private static readonly string[] Types = ["opaque", "base10", "base16", "mac:48", "uuid"];
        private static readonly string[] Casings = ["mixed", "upper", "lower"];

        private static readonly Gen<ConnectorSettings> Any =
            from name in Gen.String[0, 100]
            from description in Gen.String[0, 100]
            from flags in Gen.Bool.Array[6]
            from port in Gen.Int[1, 65535]
            from length in Gen.Double[0, 200]
            from type in Gen.Int[0, Types.Length - 1]
            from casing in Gen.Int[0, Casings.Length - 1]
            from auth in Gen.Enum<AuthType>()
            select new ConnectorSettings
            {
                Name = name,
                Description = description,
                Protocol = new() { Name = "murano:v1/mqtt", DevMode = flags[0], Port = port },
                IdentityFormat = new() { Type = Types[type], Casing = Casings[casing], Length = length, Prefix = "SN-" },
                Provisioning = new()
                {
                    AuthType = auth,
                    Enabled = flags[1],
                    GenerateIdentity = flags[2],
                    PresenterIdentity = flags[3],
                    AddressListEnabled = flags[4],
                    AllowedAddresses = ["10.0.0.0/8", "2001:db8::1"],
                },
                Pki = new() { Enabled = flags[5], ClientCa = description },
            };

        [Fact]
        public void Comes_back_as_it_was() => Any.Sample(settings =>
        {
            var text = ConnectorJson.Settings(settings);

            return string.Equals(ConnectorJson.Settings(ConnectorJson.ReadSettings(text)), text, StringComparison.Ordinal)
                && ConnectorJson.ReadSettings(text).IdentityFormat == settings.IdentityFormat;
        });

        [Fact]
        public void Of_no_known_form_is_an_error() => Assert.Throws<FormatException>(() => ConnectorJson.ReadSettings("""{"name":1}"""));
    }
}
