using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Connectors;

public sealed class ConnectorPatchRulesTests
{
    private static readonly Connector Full = Connectors.Empty.Patched(
        """{"name":"N","protocol":{"devmode":true,"port":8883},"provisioning":{"enabled":false,"ip_whitelisting":{"enabled":true,"allowed":["10.0.0.1"]}},"resources":{"a":{},"b":{"unit":"K"}}}""");

    public sealed class Sections
    {
        [Fact]
        [Spec("b.3/2")]
        [Spec("c.4/1")]
        [Spec("c.4/3")]
        public void Merge_and_leave_all_else()
        {
            var patched = Full.Patched("""{"protocol":{"name":"murano:v1/mqtt","devmode":false}}""");

            Assert.Equal(Full.Settings.Protocol with { Name = "murano:v1/mqtt", DevMode = false }, patched.Settings.Protocol);
            Assert.Equal(Full.Settings with { Protocol = patched.Settings.Protocol }, patched.Settings);
            Assert.Same(Full.Resources, patched.Resources);
        }

        [Fact]
        [Spec("b.3/2")]
        [Spec("c.4/5")]
        [Spec("c.4/6")]
        [Spec("c.4/7")]
        public void Merge_in_depth()
        {
            var patched = Full.Patched("""{"identity_format":{"type":"base16","prefix":"SN"}}""").Patched("""{"identity_format":{"options":{"casing":"upper"}}}""");

            Assert.Equal(new IdentityFormat { Type = "base16", Prefix = "SN", Casing = "upper" }, patched.Settings.IdentityFormat);
        }

        [Fact]
        [Spec("c.4/9")]
        [Spec("c.4/10")]
        [Spec("c.4/11")]
        [Spec("c.4/12")]
        [Spec("c.4/13")]
        public void Hold_how_devices_come_to_credentials()
        {
            var patched = Full.Patched(
                """{"provisioning":{"enabled":true,"auth_type":"certificate","generate_identity":true,"presenter_identity":false,"ip_whitelisting":{"allowed":["10.0.0.0/8","::1"]}}}""");

            Assert.Equivalent(
                new ProvisioningSettings
                {
                    Enabled = true,
                    AuthType = AuthType.Certificate,
                    GenerateIdentity = true,
                    PresenterIdentity = false,
                    AddressListEnabled = true,
                    AllowedAddresses = ["10.0.0.0/8", "::1"],
                },
                patched.Settings.Provisioning);
        }

        [Fact]
        [Spec("c.4/2")]
        public void Take_the_port_as_number_and_as_text()
        {
            Assert.Equal(443, Full.Patched("""{"protocol":{"port":443}}""").Settings.Protocol.Port);
            Assert.Equal(1883, Full.Patched("""{"protocol":{"port":"1883"}}""").Settings.Protocol.Port);
        }

        [Fact]
        [Spec("b.4/17")]
        public void Take_the_old_word_for_a_token() =>
            Assert.Equal(AuthType.Token, Full.Patched("""{"provisioning":{"auth_type":"cik"}}""").Settings.Provisioning.AuthType);

        [Fact]
        public void Are_not_disturbed_by_what_is_not_known() =>
            Assert.Equal(Full.Blob(), Full.Patched("""{"fqdn":"x","scripts":{"types":["data_in"]},"protocol":{"quic":{"policy":"x"}},"resources_":1}""").Blob());

        [Theory]
        [InlineData("[]", "")]
        [InlineData("\"x\"", "")]
        [InlineData("""{"protocol":null}""", "protocol")]
        [InlineData("""{"protocol":{"name":"coap"}}""", "protocol.name")]
        [InlineData("""{"protocol":{"devmode":"yes"}}""", "protocol.devmode")]
        [InlineData("""{"protocol":{"port":0}}""", "protocol.port")]
        [InlineData("""{"protocol":{"port":1.5}}""", "protocol.port")]
        [InlineData("""{"identity_format":{"type":"imei"}}""", "identity_format.type")]
        [InlineData("""{"identity_format":{"prefix":"a\u0007"}}""", "identity_format.prefix")]
        [InlineData("""{"identity_format":{"options":{"length":-1}}}""", "identity_format.options.length")]
        [InlineData("""{"identity_format":{"options":{"length":"4"}}}""", "identity_format.options.length")]
        [InlineData("""{"identity_format":{"options":{"casing":"any"}}}""", "identity_format.options.casing")]
        [InlineData("""{"provisioning":{"auth_type":"hash"}}""", "provisioning.auth_type")]
        [InlineData("""{"provisioning":{"ip_whitelisting":{"allowed":["10.0.0.0/33"]}}}""", "provisioning.ip_whitelisting.allowed")]
        [InlineData("""{"provisioning":{"ip_whitelisting":{"allowed":["7"]}}}""", "provisioning.ip_whitelisting.allowed")]
        [InlineData("""{"provisioning":{"ip_whitelisting":{"allowed":"10.0.0.1"}}}""", "provisioning.ip_whitelisting.allowed")]
        [InlineData("""{"name":7}""", "name")]
        [InlineData("""{"pki":{"client_ca":false}}""", "pki.client_ca")]
        [InlineData("""{"resources":null}""", "resources")]
        [InlineData("""{"resources":[]}""", "resources")]
        public void With_a_bad_value_are_refused(string patch, string field) => Assert.Equal(field, Assert.IsType<Failure.Rejected>(Full.Refused(patch)).Field);
    }

    public sealed class Authorities
    {
        private static readonly string Ca = Pem(TestCertificates.Authority("Maker"));

        private static string Pem(X509Certificate2 certificate)
        {
            using (certificate)
            {
                return certificate.ExportCertificatePem();
            }
        }

        private static string Patch(string? ca, bool? enabled = null) =>
            JsonSerializer.Serialize(new { pki = new Dictionary<string, object?>(StringComparer.Ordinal) { ["client_ca"] = ca, ["enabled"] = enabled }.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal) });

        public static TheoryData<string, string> Bad()
        {
            using var ca = TestCertificates.Authority("Maker");
            using var key = ca.GetECDsaPrivateKey()!;
            return new()
            {
                { "PEM", "bad-ca" },
                { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "bad-ca" },
                { Ca[..^40], "bad-ca" },
                { Pem(TestCertificates.SelfSigned("CN=sn-1")), "not-a-ca" },
                { Ca + "\n" + Pem(TestCertificates.Issued(ca, "CN=sn-1")), "not-a-ca" },
                { Ca + "\n" + key.ExportPkcs8PrivateKeyPem(), "private-key" },
            };
        }

        [Theory]
        [Spec("f/4")]
        [MemberData(nameof(Bad))]
        public void That_cannot_judge_certificates_are_refused(string ca, string reason)
        {
            var failure = Assert.IsType<Failure.Rejected>(Full.Refused(Patch(ca)));

            Assert.Equal((reason, "pki.client_ca"), (failure.Reason, failure.Field));
            Assert.DoesNotContain("BEGIN", failure.Detail, StringComparison.Ordinal);
        }

        [Fact]
        [Spec("f/4")]
        [Spec("c.4/14")]
        public void Are_needed_to_switch_them_on()
        {
            Assert.Equal("no-ca", Full.Refused(Patch(null, enabled: true)).Reason);
            var on = Full.Patched(Patch(Ca)).Patched(Patch(null, enabled: true));
            Assert.True(on.Settings.Pki.Enabled);
            Assert.Equal("no-ca", on.Refused(Patch("")).Reason);
            Assert.Equal("", on.Patched(Patch("", enabled: false)).Settings.Pki.ClientCa);
            Assert.Equal($"{Ca}\n{Ca}", Full.Patched(Patch($"{Ca}\n{Ca}", enabled: true)).Settings.Pki.ClientCa);
        }

        [Fact]
        public void That_were_stored_before_the_rule_are_left_alone()
        {
            var old = Full with { Settings = Full.Settings with { Pki = new PkiSettings { Enabled = true, ClientCa = "PEM" } } };

            Assert.Equal(old.Settings.Pki, old.Patched("""{"name":"Other"}""").Settings.Pki);
            Assert.Equal(old.Settings.Pki, old.Patched(Patch("PEM", enabled: true)).Settings.Pki);
            var off = old.Patched(Patch(null, enabled: false));
            Assert.False(off.Settings.Pki.Enabled);
            Assert.Equal("bad-ca", off.Refused(Patch(null, enabled: true)).Reason);
            Assert.Equal(Ca, old.Patched(Patch(Ca)).Settings.Pki.ClientCa);
        }
    }

    public sealed class Resources
    {
        [Fact]
        [Spec("b.3/2")]
        public void Are_replaced_as_a_whole()
        {
            var patched = Full.Patched("""{"resources":{"b":{},"c":{}}}""");

            Assert.Equal("b,c", string.Join(',', patched.Resources.Keys.Select(alias => alias.Value).Order(StringComparer.Ordinal)));
            Assert.Equal("", patched.Resources[Connectors.Alias("b")].Unit);
            Assert.Equal(Full.Settings, patched.Settings);
        }

        [Fact]
        [Spec("c.3/2")]
        [Spec("c.3/3")]
        [Spec("c.3/5")]
        [Spec("c.3/7")]
        public void Have_defaults()
        {
            var definition = Full.Patched("""{"resources":{"a":{"unit":null,"allowed":null,"initial":null,"colour":"red"}}}""").Resources[Connectors.Alias("a")];

            Assert.Equivalent(new ResourceDefinition { Alias = Connectors.Alias("a"), Format = ResourceFormat.String, Unit = "", Settable = false, Sync = true, Initial = null }, definition);
        }

        [Theory]
        [Spec("c.3/1")]
        [Spec("b.3/5")]
        [InlineData("""{"a.b":{}}""")]
        [InlineData("""{"$a":{}}""")]
        [InlineData("""{"":{}}""")]
        [InlineData("""{"a":null}""")]
        [InlineData("""{"a":"number"}""")]
        [InlineData("""{"a":{"format":"integer"}}""")]
        [InlineData("""{"a":{"format":1}}""")]
        [InlineData("""{"a":{"unit":1}}""")]
        [InlineData("""{"a":{"settable":"true"}}""")]
        [InlineData("""{"a":{"sync":0}}""")]
        [InlineData("""{"a":{"allowed":"0:100"}}""")]
        [InlineData("""{"a":{"allowed":[{}]}}""")]
        [InlineData("""{"a":{"allowed":[null]}}""")]
        [InlineData("""{"a":{"format":"number","allowed":["warm"]}}""")]
        [InlineData("""{"a":{"initial":"x"}}""")]
        [InlineData("""{"a":{"settable":true,"initial":[]}}""")]
        [InlineData("""{"a":{"settable":true,"format":"boolean","initial":"x"}}""")]
        public void With_a_bad_definition_are_refused(string map) => Assert.IsType<Failure.Rejected>(Full.Refused($$"""{"resources":{{map}}}"""));

        [Fact]
        public void Are_at_most_999()
        {
            Assert.Equal(999, Full.Patched(Many(999)).Resources.Count);
            Assert.Equal("too-many-resources", Full.Refused(Many(1000)).Reason);

            static string Many(int count) =>
                $$$"""{"resources":{{{{string.Join(',', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"r{i}\":{{}}")))}}}}}""";
        }

        [Fact]
        [Spec("c.3/4")]
        public void Have_no_endless_list_of_allowed_values() =>
            Assert.Equal("too-long", Full.Refused($$$$"""{"resources":{"a":{"format":"number","allowed":["{{{{new string('0', 4000)}}}}{{{{new string('-', 4000)}}}}"]}}}""").Reason);

        [Fact]
        public void Are_not_too_long() =>
            Assert.Equal("too-long", Full.Refused($$$$"""{"resources":{"a":{"settable":true,"initial":"{{{{new string('x', 8000)}}}}"}}}""").Reason);
    }
}
