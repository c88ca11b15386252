using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Provisioning;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Rules about texts: identities, addresses, numbers, keys. Each is held to another way of saying the same.</summary>
public sealed class RuleFuzzTests
{
    private static readonly Gen<string> Names = Gen.Frequency(
        (3, Inputs.TextOf("SN-", "0", "7", "a", "F", ":", "-", "12", "é", "🦆", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "01:23:45:67:89:ab", "0123456789AB", "01-23-45-67-89-ab")),
        (1, Inputs.DamagedText(Inputs.OneOf("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "01:23:45:67:89:ab", "SN-0123456789AB"))),
        (1, Inputs.WellFormed),
        (1, Inputs.AnyText));

    private static readonly Gen<string> Numbers = Gen.Frequency(
        (4, Inputs.TextOf("0", "1", "9", "-", "+", ".", "e", "E", ":", "99999999999999999999999999999", "1e-400", "1e400", " ", ",", "NaN", "Infinity", "\0", "0.000000000000000000000000000001")),
        (2, Gen.Decimal.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        (2, Gen.Double.Select(number => number.ToString("R", CultureInfo.InvariantCulture))),
        (1, Gen.String[Gen.Char['0', '9'], 1, 400]));

    private static readonly Gen<IPAddress> Addresses = Gen.OneOf(
        Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes)),
        Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes).MapToIPv6()),
        Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes)));

    [Fact, Spec("f/9"), Spec("c.4/5"), Spec("c.4/6"), Spec("c.4/7"), Spec("c.4/8")]
    public void An_identity_fits_its_format_as_a_pattern_would_say() =>
        Gen.Select(Names, Inputs.OneOf("", "SN-", "é"), Inputs.OneOf("opaque", "base10", "BASE16", "mac:48", "mac:48:colon", "mac:48-", "mac:48:none", "uuid", "uuid:v4", "other"), Inputs.OneOf("mixed", "upper", "lower"), Inputs.OneOf<double>(0, 0.5, 1, 12, 12.67, 200)).Sample(
            (text, prefix, type, casing, length) =>
            {
                if (!IdentityId.TryParse(text, out var id))
                {
                    return;
                }

                var format = new IdentityFormat { Prefix = prefix, Type = type, Casing = casing, Length = length };
                var rest = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : "";
                var fits = rest.Length > 0 && (length < 1 || rest.EnumerateRunes().Count() == (int)length) && Regex.IsMatch(rest, Pattern(type, casing), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

                Assert.Equal(fits, IdentityFormatRules.Matches(format, id));
            },
            iter: LongRun.Inputs);

    [Fact]
    public void A_name_that_is_let_in_fits_keys_and_addresses() => Names.Sample(
        text =>
        {
            if (!IdentityId.TryParse(text, out _) && !Alias.TryParse(text, out _))
            {
                return;
            }

            Assert.DoesNotContain(text, c => char.IsControl(c));
            Assert.Equal(text, KeyCodec.Decode(KeyCodec.Encode(text)));
            Assert.Equal(text, Uri.UnescapeDataString(Uri.EscapeDataString(text)));
            Assert.InRange(KeyCodec.Encode(text).Length, 1, Alias.MaxEncodedLength);
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.5/9"), Spec("c.4/13")]
    public void A_range_holds_an_address_when_they_share_its_bits() => Gen.Select(Addresses, Addresses, Gen.Int[0, 128], Gen.Bool).Sample(
        (network, address, bits, near) =>
        {
            var all = network.GetAddressBytes().Length * 8;
            bits = Math.Min(bits, all);
            address = near ? Near(network, address, bits) : address;
            var (one, length) = network.IsIPv4MappedToIPv6 && bits >= 96 ? (network.MapToIPv4(), bits - 96) : (network, bits);
            var other = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

            Assert.Equal(one.AddressFamily == other.AddressFamily && Bits(other).StartsWith(Bits(one)[..length], StringComparison.Ordinal), Allows(string.Create(CultureInfo.InvariantCulture, $"{network}/{bits}"), address));
            Assert.Equal(Allows(network.ToString(), address), Allows(string.Create(CultureInfo.InvariantCulture, $"{network}/{all}"), address));
        },
        iter: LongRun.Inputs);

    [Fact, Spec("c.3/2"), Spec("c.3/4")]
    public void Of_two_numbers_one_is_below_the_other_or_neither() => Gen.Select(Numbers, Numbers).Sample(
        (one, two) =>
        {
            if (!ResourceNumber.TryParse(one, out var a) || !ResourceNumber.TryParse(two, out var b))
            {
                return;
            }

            Assert.Matches(@"\A[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\z", one);
            Assert.False(a.IsBelow(a) || (a.IsBelow(b) && b.IsBelow(a)));
            var (x, y) = (double.Parse(one, CultureInfo.InvariantCulture), double.Parse(two, CultureInfo.InvariantCulture));
            Assert.True(x >= y || a.IsBelow(b));
            Assert.True(x <= y || b.IsBelow(a));
        },
        iter: LongRun.Inputs);

    [Fact, Spec("c.3/4")]
    public void A_range_holds_its_ends_and_no_other_text_is_a_range() => Gen.Select(Numbers, Numbers, Inputs.OneOf(":", "-")).Sample(
        (low, high, between) =>
        {
            var read = AllowedRange.TryParse(JsonSerializer.Serialize(low + between + high), out var range);
            if (ResourceNumber.TryParse(low, out var a) && ResourceNumber.TryParse(high, out var b) && between is ":")
            {
                Assert.Equal(!b.IsBelow(a), read);
                Assert.True(!read || (range.Holds(a) && range.Holds(b)));
            }
        },
        iter: LongRun.Inputs);

    [Fact]
    public void Keys_tell_texts_apart_and_keep_their_prefixes() => Gen.Select(Names, Names).Where((one, two) => IsUnicode(one) && IsUnicode(two)).Sample(
        (one, two) =>
        {
            var (a, b) = (KeyCodec.Encode(one), KeyCodec.Encode(two));
            Assert.Equal(string.Equals(one, two, StringComparison.Ordinal), string.Equals(a, b, StringComparison.Ordinal));
            Assert.Equal(two.StartsWith(one, StringComparison.Ordinal), b.StartsWith(a, StringComparison.Ordinal));
            Assert.Equal(a + b, KeyCodec.Encode(one + two));
            Assert.Equal((one, a.Length), (KeyCodec.Decode(a), KeyCodec.EncodedLength(one)));
        },
        iter: LongRun.Inputs);

    [Fact]
    public void A_key_that_was_not_made_here_is_not_read() => Gen.Frequency((3, Inputs.TextOf("*41", "*2F", "*2f", "*C3*A9", "*C3", "*FF", "a", "!", "*", "B7", "*F0*9F*A6*86")), (1, Names.Select(KeyCodec.Encode)), (1, Inputs.AnyText)).Sample(
        part =>
        {
            string text;
            try
            {
                text = KeyCodec.Decode(part);
            }
            catch (FormatException)
            {
                return;
            }

            Assert.Equal(part, KeyCodec.Encode(text));
        },
        iter: LongRun.Inputs);

    private static bool IsUnicode(string text) => string.Equals(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), text, StringComparison.Ordinal);

    private static bool Allows(string entry, IPAddress address) => AddressRules.Allows(new ProvisioningSettings { AddressListEnabled = true, AllowedAddresses = [entry] }, address);

    private static string Bits(IPAddress address) => string.Concat(address.GetAddressBytes().Select(b => b.ToString("B8", CultureInfo.InvariantCulture)));

    // The network's first bits, then the address's; one bit earlier or later now and then is what Where the bits differ shows.
    private static IPAddress Near(IPAddress network, IPAddress address, int bits)
    {
        var (one, two) = (network.GetAddressBytes(), address.GetAddressBytes());
        for (var i = 0; i < Math.Min(bits, Math.Min(one.Length, two.Length) * 8); i++)
        {
            var mask = (byte)(0x80 >> (i % 8));
            two[i / 8] = (byte)((two[i / 8] & ~mask) | (one[i / 8] & mask));
        }

        return new IPAddress(two);
    }

    private static string Pattern(string type, string casing)
    {
        var hex = casing switch { "upper" => "[0-9A-F]", "lower" => "[0-9a-f]", _ => "[0-9A-Fa-f]" };
        var plain = hex + "{12}";
        string Joined(string by) => $"{hex}{{2}}({by}{hex}{{2}}){{5}}";
        var body = type.ToUpperInvariant() switch
        {
            "OPAQUE" => "(?s:.*)",
            "BASE10" => "[0-9]*",
            "BASE16" => hex + "*",
            "MAC:48" => $"({plain}|{Joined(":")}|{Joined("-")})",
            "MAC:48:COLON" => Joined(":"),
            "MAC:48-" => Joined("-"),
            "MAC:48:NONE" => plain,
            "UUID" or "UUID:V4" => $"{hex}{{8}}-{hex}{{4}}-4{hex}{{3}}-(?=[89abAB]){hex}{{4}}-{hex}{{12}}",
            _ => "(?!)",
        };
        return $@"\A{body}\z";
    }
}
