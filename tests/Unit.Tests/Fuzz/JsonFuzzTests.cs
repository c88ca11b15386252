using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using CsCheck;
using Murano.Functions.DeviceApi;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Provisioning;
using Murano.Unit.Tests.Connectors;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Settings and resources as operators send them, from the bytes of the body to the connector.</summary>
public sealed class JsonFuzzTests
{
    private static readonly Gen<string> Scalars = Inputs.OneOf(
        "null", "true", "false", "0", "1", "-1", "12.67", "443", "1e3", "1e999", "1e-999", "99999999999999999999999999999999", "\"\"", "\"x\"", "\"é🦆\"", "\"\\ud83e\\udd86\"", "\"\\ud800\"", "\"\\u0000\"", "\"443\"", "\"443\\u0000\"",
        "\"onep\"", "\"mqtt\"", "\"mac:48:colon\"", "\"uuid\"", "\"base10\"", "\"upper\"", "\"token\"", "\"certificate\"", "\"number\"", "\"boolean\"", "\"string\"", "\"0:100\"", "\"9-11\"", "\"-5--1\"", "\"true\"", "\"10:1\"",
        "\"10.0.0.0/8\"", "\"::1\"", "\"::ffff:192.0.2.0/120\"", "\"fe80::1%1/64\"", "\"[::1]:80\"", "\"1.2/8\"", "\"10.0.0.0/33\"", "\"010.1.2.3\"", "\"10.0.0.0/8\\u0000\"", "\"-----BEGIN CERTIFICATE-----\"");

    private static readonly Gen<string> Names = Inputs.OneOf(
        "name", "description", "protocol", "devmode", "port", "identity_format", "prefix", "type", "options", "casing", "length", "provisioning", "auth_type", "enabled", "generate_identity", "presenter_identity", "ip_whitelisting",
        "allowed", "pki", "client_ca", "resources", "format", "unit", "settable", "sync", "initial", "temp", "a.b", "$x", "", "fqdn", "é\\ud83e\\udd86", "\\ud800", "te\\u006dp");

    private static readonly Gen<string> Any = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Scalars
        : Gen.Frequency((4, Scalars), (2, inner.Array[0, 3].Select(List)), (4, Gen.Select(Names, inner).Array[0, 4].Select(Object))));

    private static readonly Gen<string> Definitions = Gen.Select(
        Field("format", "\"string\"", "\"number\"", "\"boolean\""),
        Field("unit", "\"C\"", "\"\""),
        Field("settable", "true", "false"),
        Field("allowed", "[]", "[\"0:100\"]", "[1,2.50]", "[true]", "[\"a\",\"b\"]", "[\"9-11\",7]"),
        Gen.Select(Field("initial", "1", "1.50", "true", "\"a\"", "null"), Field("sync", "true", "false"), (initial, sync) => initial + sync),
        (format, unit, settable, allowed, rest) => $"{{{(format + unit + settable + allowed + rest).TrimEnd(',')}}}");

    private static readonly Gen<string> Addresses = Gen.Select(Gen.Byte.Array[4], Gen.Int[0, 40], Gen.Bool, (bytes, bits, isRange) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{new IPAddress(bytes)}{(isRange ? $"/{bits}" : "")}\""));

    private static readonly Gen<string> Settings = Gen.Select(
        Field("name", "\"Pumps\"", "\"é\""),
        Field("protocol", """{"name":"mqtt","devmode":true,"port":"8883"}""", """{"port":443}"""),
        Field("identity_format", """{"prefix":"SN-","type":"mac:48","options":{"casing":"upper","length":12.67}}""", """{"options":{}}"""),
        Gen.Select(Inputs.OneOf("true", "false"), Gen.OneOf(Addresses, Scalars).Array[0, 4], (enabled, addresses) => $"\"provisioning\":{{\"enabled\":{enabled},\"ip_whitelisting\":{{\"enabled\":true,\"allowed\":{List(addresses)}}}}},"),
        Gen.Select(
            Field("pki", """{"enabled":true,"client_ca":"PEM"}""", """{"enabled":false}"""),
            Field("events", """{"types":["data_in","publish","data_in"],"destination":{"type":"webhook","url":"https://events.example/a"}}""", """{"types":[],"destination":null}""", """{"destination":{"type":"eventgrid","url":"https://topic.example/api/events"}}"""),
            Gen.Select(Inputs.OneOf("temp", "led", "é"), Definitions).Array[0, 4].Select(Object),
            (pki, events, resources) => $"{pki}{events}\"resources\":{resources},"),
        (name, protocol, format, provisioning, rest) => $"{{{(name + protocol + format + provisioning + rest).TrimEnd(',')}}}");

    private static readonly Gen<byte[]> Bodies = Gen.Frequency(
        (4, Settings.Select(Encoding.UTF8.GetBytes)),
        (4, Inputs.Damaged(Settings.Select(Encoding.UTF8.GetBytes))),
        (4, Any.Select(Encoding.UTF8.GetBytes)),
        (1, Inputs.BytesOf("{", "}", "[", "]", "\"name\":", "\"resources\":", ",", "1", "\"", "\\", "\\u", " ", "\uFEFF")),
        (1, Gen.Select(Inputs.OneOf("[", "{\"a\":", "{\"resources\":{\"a\":"), Gen.Int[1, 200], (open, depth) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth))))),
        (1, Gen.Byte.Array[0, 60]));

    [Fact, Spec("b.3/2"), Spec("b.3/blob"), Spec("c.4/1")]
    public void A_change_is_refused_or_leaves_settings_that_can_be_stored_shown_and_sent_again() => Bodies.Sample(
        bytes =>
        {
            if (Apply(Unit.Tests.Connectors.Connectors.Empty, bytes) is not { } changed)
            {
                return;
            }

            var blob = changed.Blob();
            Assert.Equal(blob, Apply(changed, bytes)!.Blob());
            Assert.Equal(blob, Apply(Unit.Tests.Connectors.Connectors.Empty, Encoding.UTF8.GetBytes(blob))!.Blob());
            var stored = ConnectorJson.Settings(changed.Settings);
            Assert.Equal(stored, ConnectorJson.Settings(ConnectorJson.ReadSettings(stored)));
            Assert.All(changed.Resources.Values, definition => Assert.InRange(JsonText.Of(json => ResourceJson.Write(json, definition)).Length, 2, ResourceJson.MaxLength));

            // What settings hold, the rules can go by.
            _ = AddressRules.Allows(changed.Settings.Provisioning with { AddressListEnabled = true }, IPAddress.Loopback);
            _ = AddressRules.Allows(changed.Settings.Provisioning with { AddressListEnabled = true }, IPAddress.IPv6Loopback);
            Assert.True(IdentityFormatRules.IsKnownType(changed.Settings.IdentityFormat.Type));
        },
        iter: LongRun.Inputs);

    [Fact, Spec("c.3/4")]
    public void Definitions_keep_to_their_own_rules() => Gen.Frequency((2, Definitions), (2, Inputs.DamagedText(Definitions)), (1, Any)).Sample(
        text => Apply(Unit.Tests.Connectors.Connectors.Empty, Encoding.UTF8.GetBytes($"{{\"resources\":{{\"temp\":{text}}}}}"))?.Resources.Values.ToList().ForEach(definition =>
        {
            Assert.Null(ResourceRules.Check(definition));
            if (definition.Initial is { } initial)
            {
                Assert.Null(ResourceRules.Check(definition, new Shared.State.StateValue(Encoding.UTF8.GetBytes(initial), Shared.State.ValueKind.Text)));
            }
        }),
        iter: LongRun.Inputs);

    private static Gen<string> Field(string name, params string[] values) => Gen.Frequency((3, Inputs.OneOf(values)), (1, Gen.Const("")), (1, Scalars)).Select(value => value.Length == 0 ? "" : $"\"{name}\":{value},");

    private static string List(string[] items) => $"[{string.Join(',', items)}]";

    private static string Object((string Name, string Value)[] fields) => $"{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Value}"))}}}";

    // Null = refused, with the blame on the request.
    private static Connector? Apply(Connector connector, byte[] bytes)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
        bytes.CopyTo(rented, 0);
        using var body = RequestBody.Over(rented, bytes.Length);
        var (document, failure) = OperatorBody.Parse(body);
        using (document)
        {
            if (document is null)
            {
                Replies.Blame(failure ?? OperatorBody.Missing);
                return null;
            }

            if (ConnectorPatchRules.Apply(connector, document.RootElement, new(AllowPrivate: false, "key")).TryGet(out var changed, out failure))
            {
                return changed;
            }

            Replies.Blame(failure);
            return null;
        }
    }
}
