using System.Net;
using CsCheck;
using Murano.Shared.Events;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Addresses of destinations as an attacker would write them: none leads to an address that is not public, and no text does more than be refused.</summary>
public sealed class DestinationFuzzTests
{
    private static readonly Gen<IPAddress> Addresses = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16], Gen.Byte.Array[4].Select(Mapped)).Select(bytes => new IPAddress(bytes));

    private static readonly Gen<string> Hosts = Gen.OneOf(
        Addresses.Select(Literal),
        Gen.UInt.Select(number => $"{number}"),
        Gen.UInt.Select(number => $"0x{number:x}"),
        Gen.Byte.Array[4].Select(bytes => string.Join('.', bytes.Select(part => "0" + Convert.ToString(part, 8)))),
        Inputs.OneOf("localhost", "LOCALHOST.", "a.local", "metadata.google.internal", "example.com", "xn--nxasmq6b", "bücher.example", "127.1", "1", "a_b", "-", "%31", "[::1", "１２７.0.0.1", "①②⑦.0.0.1"));

    private static readonly Gen<string> Urls = Gen.Select(
        Inputs.OneOf("https://", "HTTPS://", "http://", "https:/", "https:\\\\", "file://", "https://me@", "https://me:secret@", "https://example.com@", " https://", ""),
        Hosts,
        Inputs.OneOf("", ":443", ":0", ":99999", ":a"),
        Inputs.OneOf("", "/", "/a?b=c", "?***", "#f", "/\\..", "/@127.0.0.1", "\n", "/é"),
        (scheme, host, port, rest) => scheme + host + port + rest);

    [Fact]
    public void What_is_let_through_is_https_to_a_public_host() => Gen.Frequency((4, Urls), (2, Inputs.DamagedText(Urls)), (1, Gen.String)).Sample(
        url =>
        {
            _ = DestinationRules.HostOf(url);
            _ = DestinationRules.Shown(url);
            if (DestinationRules.WhyNot(EventDestinationKind.Webhook, url, allowPrivate: false) is { } problem)
            {
                Assert.Equal("bad-url", problem.Reason);
                return;
            }

            var parsed = new Uri(url, UriKind.Absolute);
            Assert.Equal(("https", "", ""), (parsed.Scheme, parsed.UserInfo, parsed.Fragment));
            Assert.False(parsed.IdnHost.TrimEnd('.').Split('.')[^1].Equals("localhost", StringComparison.OrdinalIgnoreCase), url);
            if (IPAddress.TryParse(parsed.IdnHost, out var address))
            {
                Assert.True(PublicAddressRules.IsPublic(address), url);
                Assert.False(IPAddress.IsLoopback(address), url);
            }
        },
        iter: LongRun.Inputs);

    [Fact]
    public void An_embedded_address_is_judged_as_the_bare_one() => Gen.Byte.Array[4].Sample(
        bytes =>
        {
            var isPublic = PublicAddressRules.IsPublic(new IPAddress(bytes));
            Assert.Equal(isPublic, PublicAddressRules.IsPublic(new IPAddress(Mapped(bytes))));
            Assert.Equal(isPublic, PublicAddressRules.IsPublic(new IPAddress([0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. bytes])));
            Assert.Equal(isPublic, PublicAddressRules.IsPublic(new IPAddress([0x20, 0x02, .. bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])));
        },
        iter: LongRun.Inputs);

    private static byte[] Mapped(byte[] bytes) => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, .. bytes];

    private static string Literal(IPAddress address) => address.GetAddressBytes().Length == 4 ? address.ToString() : $"[{address}]";
}
