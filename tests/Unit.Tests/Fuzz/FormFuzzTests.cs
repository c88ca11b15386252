using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.State;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Forms and queries: no input makes a parser throw, what it lets in is within the limits, and it takes no notice of how a text was escaped.</summary>
public sealed partial class FormFuzzTests
{
    private static readonly DeviceOrigin Origin = new(IPAddress.Loopback, "c.example", IsHttps: true);

    private static readonly string[] Pieces =
    [
        "=", "=", "=", "&", "&", "&", "+", "%", "%2", "%zz", "%41", "%3D", "%26", "%25", "%C3%A9", "%C3", "%FF", "%ED%A0%80", "%00", "%2B", "a", "b", "temp", "21.5", "é", "🦆", " ", "\0", "\r\n",
        """{"on":true,"max":[1,2]}""", "a=1&", "temp=21.5&", "a=2", "alias", "alias=", "alias=temp&", "%61lias=temp&", "1500000000=1&", "1500000000.25=", ".5=1", "1.=1", "-1=1", "1e3=1", "99999999999999999999999999=1",
        "id=", "sn=", "id=sn-1&", "i%64=x&", "password=", "password=01234567890123456789", "vendor=v&", "model=m&",
    ];

    // Rare, because they are long: values and sums around their limits, and more aliases than a request may have.
    private static readonly Gen<byte[]> Large = Gen.Select(Inputs.OneOf("a", "b", "alias=a&1", "alias=b&2"), Inputs.OneOf("x", "%41", "+", "é"), Inputs.OneOf(StateLimits.MaxValueBytes, StateLimits.MaxValueBytes + 1, 300), Gen.Int[1, 10])
        .Select((alias, unit, length, times) => Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Repeat($"{alias}={string.Concat(Enumerable.Repeat(unit, length))}", times))));

    private static readonly Gen<byte[]> Many = Gen.Select(Gen.Int[90, 110], Inputs.OneOf("a{0}=1", "a{0}", "alias=a{0}&1=2"), (count, form) =>
        Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Range(0, count).Select(i => string.Format(CultureInfo.InvariantCulture, form, i)))));

    private static readonly Gen<byte[]> Valid = Gen.Select(Inputs.WellFormed, Inputs.WellFormed).Array[1, 8]
        .Select(pairs => Encoding.UTF8.GetBytes(string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Item1)}={Uri.EscapeDataString(pair.Item2)}"))));

    private static readonly Gen<byte[]> Bodies = Gen.Frequency((400, Inputs.BytesOf(Pieces)), (200, Inputs.Damaged(Valid)), (100, Gen.Byte.Array[0, 200]), (20, Inputs.Damaged(Many)), (1, Large));

    private static readonly Gen<string> Queries = Gen.Frequency((4, Inputs.TextOf([.. Pieces, "?"])), (2, Inputs.DamagedText(Valid.Select(Encoding.Latin1.GetString))), (1, Inputs.AnyText));

    [Fact, Spec("a.4/1"), Spec("a.4/2"), Spec("a.7/2")]
    public void A_form_of_values_is_read_alike_raw_and_escaped_and_within_its_limits() => Bodies.Sample(
        body =>
        {
            var read = AliasForm.Parse(body);
            AssertSame(read, AliasForm.Parse(Escaped(body)));
            if (!read.TryGet(out var values, out var failure))
            {
                Replies.Blame(failure);
                return;
            }

            AssertAliases(values.ConvertAll(value => value.Alias));
            Assert.All(values, value => Assert.InRange(value.Value.Length, 0, StateLimits.MaxValueBytes));
            Assert.InRange(values.Sum(value => value.Value.Length), 0, StateLimits.MaxRequestValueBytes);

            var written = new byte[AliasReply.Length(values)];
            AliasReply.Write(values, written);
            AssertSame(read, AliasForm.Parse(written));
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.9/1"), Spec("a.9/2"), Spec("a.9/3")]
    public void A_record_is_read_alike_raw_and_escaped_and_with_its_alias_in_the_address() => Bodies.Sample(
        body =>
        {
            var read = RecordForm.Parse(body, null);
            AssertSame(read, RecordForm.Parse(Escaped(body), null));
            AssertRecord(read);

            var named = RecordForm.Parse(body, "a/b");
            AssertRecord(named);
            if (!Encoding.Latin1.GetString(body).Split('&').Any(part => Decoded(Encoding.Latin1.GetBytes(part.Split('=')[0])).AsSpan().SequenceEqual("alias"u8)))
            {
                AssertSame(named, RecordForm.Parse([.. "alias=a%2Fb&"u8, .. body], null));
            }
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.5/1"), Spec("a.5/4")]
    public void An_activation_is_read_alike_raw_and_escaped() => Bodies.Sample(
        body =>
        {
            var read = ActivationForm.Parse(body, Origin);
            var escaped = ActivationForm.Parse(Escaped(body), Origin);
            Assert.Equal(read.TryGet(out var one, out var failure), escaped.TryGet(out var other, out var otherFailure));
            Assert.Equal(failure, otherFailure);
            Assert.Equal((one?.Identity, one?.Vendor, one?.Model, one?.Password is null), (other?.Identity, other?.Vendor, other?.Model, other?.Password is null));
            if (failure is not null)
            {
                Replies.Blame(failure);
            }
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.5/1")]
    public void An_activation_is_what_was_escaped() => Gen.Select(Inputs.WellFormed, Inputs.WellFormed, Inputs.WellFormed).Sample(
        (identity, vendor, secret) =>
        {
            var read = ActivationForm.Parse(Encoding.UTF8.GetBytes($"vendor={Uri.EscapeDataString(vendor)}&sn={Uri.EscapeDataString(identity)}&password={Uri.EscapeDataString(secret)}"), Origin);
            var fits = secret.Length is 0 or (>= DevicePassword.MinLength and <= DevicePassword.MaxLength);
            Assert.Equal(fits, read.TryGet(out var request, out _));
            Assert.Equal(fits ? (identity, vendor, secret.Length > 0) : (null, null, false), (request?.Identity, request?.Vendor, request?.Password is not null));
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.7/3"), Spec("a.4/2")]
    public void A_query_is_read_alike_raw_and_escaped_and_whatever_follows_the_equals() => Queries.Sample(
        query =>
        {
            var read = AliasQuery.Parse(query);
            if (read.TryGet(out var aliases, out var failure))
            {
                AssertAliases(aliases);
                AssertSame(read, AliasQuery.Parse("?" + string.Join('&', aliases.Select(Uri.EscapeDataString))));
                AssertSame(read, AliasQuery.Parse("?" + string.Join("=1&", aliases.Concat(aliases).Select(Uri.EscapeDataString))));
            }
            else
            {
                Replies.Blame(failure);
            }

            // What the Functions host makes of a broken escape, and a query that comes with its mark.
            AssertSame(read, AliasQuery.Parse(BrokenEscape().Replace(query, "%25")));
            if (!query.StartsWith('?'))
            {
                AssertSame(read, AliasQuery.Parse("?" + query));
            }
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.4/1"), Spec("a.4/2")]
    public void Escapes_are_undone_as_a_pattern_would_do_it() => Bodies.Where(body => body.Length < 1000).Sample(
        body =>
        {
            var text = Escape().Replace(Encoding.Latin1.GetString(body).Replace('+', ' '), match => ((char)Convert.ToByte(match.Value[1..], 16)).ToString());
            var target = new byte[FormText.DecodedLength(body)];
            Assert.Equal(target.Length, FormText.Decode(body, target));
            Assert.Equal(text, Encoding.Latin1.GetString(target));

            var encoded = new byte[FormText.EncodedLength(body)];
            Assert.Equal(encoded.Length, FormText.Encode(body, encoded));
            Assert.Equal(body, Decoded(encoded));
            Assert.DoesNotMatch("[^A-Za-z0-9._~%-]", Encoding.Latin1.GetString(encoded));
        },
        iter: LongRun.Inputs);

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})")]
    private static partial Regex BrokenEscape();

    private static void AssertAliases(List<string> aliases)
    {
        Assert.InRange(aliases.Count, 0, StateLimits.MaxAliases);
        Assert.All(aliases, Assert.NotEmpty);
        Assert.Equal(aliases.Count, aliases.Distinct(StringComparer.Ordinal).Count());
    }

    private static void AssertRecord(Outcome<List<RecordedValue>> read)
    {
        if (!read.TryGet(out var points, out var failure))
        {
            Replies.Blame(failure);
            return;
        }

        AssertAliases(points.ConvertAll(point => point.Alias));
        Assert.All(points, point =>
        {
            Assert.InRange(point.Value.Length, 0, StateLimits.MaxValueBytes);
            Assert.InRange(point.Time, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds() * UnixTime.MicrosPerSecond + UnixTime.MicrosPerSecond - 1);
        });
    }

    private static void AssertSame(Outcome<List<string>> one, Outcome<List<string>> other)
    {
        Assert.Equal(one.TryGet(out var aliases, out var failure), other.TryGet(out var others, out var otherFailure));
        Assert.Equal(failure, otherFailure);
        Assert.Equal(aliases, others, StringComparer.Ordinal);
    }

    private static void AssertSame(Outcome<List<AliasValue>> one, Outcome<List<AliasValue>> other) =>
        AssertSame(one, other, value => $"{value.Alias}={Convert.ToHexString(value.Value.Span)}");

    private static void AssertSame(Outcome<List<RecordedValue>> one, Outcome<List<RecordedValue>> other) =>
        AssertSame(one, other, value => string.Create(CultureInfo.InvariantCulture, $"{value.Alias}={value.Time}={Convert.ToHexString(value.Value.Span)}"));

    private static void AssertSame<T>(Outcome<List<T>> one, Outcome<List<T>> other, Func<T, string> show)
    {
        Assert.Equal(one.TryGet(out var values, out var failure), other.TryGet(out var others, out var otherFailure));
        Assert.Equal(failure, otherFailure);
        Assert.Equal(values?.Select(show), others?.Select(show), StringComparer.Ordinal);
    }

    private static byte[] Decoded(byte[] bytes)
    {
        var target = new byte[FormText.DecodedLength(bytes)];
        FormText.Decode(bytes, target);
        return target;
    }

    // Every byte of every name and value in its escape: what the form means is the same.
    private static byte[] Escaped(byte[] body)
    {
        var text = string.Join('&', Encoding.Latin1.GetString(body).Split('&').Select(part => string.Join('=', part.Split('=', 2).Select(Hex))));
        return Encoding.Latin1.GetBytes(text);

        static string Hex(string side) => string.Concat(Decoded(Encoding.Latin1.GetBytes(side)).Select(b => $"%{b:x2}"));
    }
}
