using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Polls;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Headers with credentials and of long polls.</summary>
public sealed class HeaderFuzzTests
{
    private const string Cik = "0123456789abcdef0123456789ABCDEF01234567";
    private const string OtherCik = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

    private static readonly CredentialHeaders Reader = new(Options.Create(new DeviceOptions { TrustClientCertificate = true }));

    private static readonly string Certificate = Encode();

    private static readonly Gen<string> Secrets = Gen.Frequency(
        (3, Inputs.TextOf(Cik, "sn-1", ":", "::", "00:14:22", "correct horse battery staple", "é", "🦆", " ")),
        (1, Inputs.AnyText),
        (1, Gen.String[Gen.Char['!', '~'], 0, 3000]));

    private static readonly Gen<string> Lines = Gen.Frequency(
        (4, Gen.Select(Inputs.OneOf("token", "Token", "basic", "BASIC", "Basic", "bearer", ""), Inputs.OneOf(" ", "  ", "", "\t", "\u00A0"), Secrets, (scheme, blank, secret) => scheme + blank + secret)),
        (4, Gen.Select(Inputs.OneOf("basic ", "Basic   "), Secrets, (scheme, secret) => scheme + Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))),
        (2, Inputs.DamagedText(Inputs.OneOf("token " + Cik, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + Cik))))),
        (2, Inputs.DamagedText(Inputs.OneOf("Basic c24tMTpjb3JyZWN0IGhvcnNlIGJhdHRlcnkgc3RhcGxl"))),
        (1, Inputs.DamagedText(Gen.Const(Cik))),
        (1, Inputs.DamagedText(Gen.Const(Certificate))),
        (1, Inputs.AnyText));

    private static readonly Gen<StringValues> Headers = Gen.Frequency((5, Lines.Array[1]), (1, Lines.Array[0, 4])).Select(lines => new StringValues(lines));

    private static readonly Gen<string> Times = Gen.Frequency(
        (3, Inputs.TextOf("0", "1", "9", "1500000000", ".", "-", "+", " ", "e", ",", "Infinity", "NaN", "Sun, 06 Nov 1994 08:49:37 GMT", "2026", "99999999999999999999", "\0")),
        (2, Gen.String[Gen.Char['0', '9'], 1, 500]),
        (2, Gen.DateTimeOffset.Select(time => time.ToString("R", CultureInfo.InvariantCulture))),
        (2, Inputs.DamagedText(Gen.DateTimeOffset.Select(time => time.ToString("R", CultureInfo.InvariantCulture)))),
        (2, Gen.Decimal.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        (1, Inputs.AnyText));

    private static string Encode()
    {
        using var certificate = TestCertificates.SelfSigned("CN=sn-1");
        return Convert.ToBase64String(certificate.RawData);
    }

    [Fact, Spec("a.3/1"), Spec("a.3/2"), Spec("a.3/3"), Spec("a.3/7")]
    public void A_credential_is_of_its_form_and_Authorization_goes_first() => Gen.Select(Headers, Headers, Headers).Sample(
        (authorization, cik, certificate) =>
        {
            var found = Find(authorization, cik, certificate);
            Assert.True(IsSound(found));

            // The same lines cannot mean another thing because something follows.
            var first = Find(authorization, default, default);
            Assert.Equal(first, first.Length > 0 ? Find(authorization, OtherCik, Certificate) : first);
            Assert.Equal(found, first.Length > 0 ? first : Find(default, cik, certificate));

            // Blanks around a line, and empty lines, are nothing.
            Assert.Equal(first, Find(new StringValues([null, " ", .. authorization.Select(line => $"  {line} ")]), default, default));
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.3/4")]
    public void An_identity_and_its_password_come_back() => Gen.Select(Inputs.WellFormed, Inputs.WellFormed).Sample(
        (identity, secret) =>
        {
            var found = Find("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{secret}")), default, default);
            if (secret.Length is >= DevicePassword.MinLength and <= DevicePassword.MaxLength && identity.Length > 0 && identity[0] != ':' && identity.Count(c => c == ':') < 15)
            {
                Assert.Contains($"{Uri.EscapeDataString(identity)}\n{Digest(secret)}", found, StringComparison.Ordinal);
            }

            Assert.True(IsSound(found));
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.8/1"), Spec("a.8/7"), Spec("a.8/9")]
    public void The_terms_of_a_poll_are_never_negative_and_a_number_is_always_a_time() => Gen.Select(Times, Times, Times).Sample(
        (timeout, since, synonym) =>
        {
            var read = Terms(timeout, since, synonym);
            if (!read.TryGet(out var terms, out var failure))
            {
                Replies.Blame(failure);
                Assert.False(timeout.Length > 0 && timeout.All(char.IsAsciiDigit));
                return;
            }

            Assert.InRange(terms.Wait.TotalMilliseconds, 0, int.MaxValue);
            Assert.True(terms.Since is null or >= 0);
            Assert.True(terms.Since is not null || since.Length == 0 || !since.All(char.IsAsciiDigit));
            Assert.Equal(terms, Value(Terms($" {timeout} ", $" {since}  ", synonym)));
            Assert.Equal(terms with { Since = Value(Terms(timeout, since, "")).Since }, terms);
            Assert.Equal(Value(Terms(timeout, synonym, null)).Since, Value(Terms(timeout, null, synonym)).Since);
        },
        iter: LongRun.Inputs);

    [Fact, Spec("a.8/1"), Spec("a.8/4")]
    public void A_date_and_its_seconds_are_the_same_time() => Gen.DateTimeOffset.Where(time => time.ToUnixTimeSeconds() >= 0).Sample(
        time =>
        {
            var seconds = time.ToUnixTimeSeconds();
            Assert.Equal(seconds, Value(Terms("1", time.ToString("R", CultureInfo.InvariantCulture), null)).Since);
            Assert.Equal(seconds, Value(Terms("1", seconds.ToString(CultureInfo.InvariantCulture), null)).Since);
            Assert.Equal(seconds, Value(Terms("1", string.Create(CultureInfo.InvariantCulture, $"{seconds}.999999"), null)).Since);
        },
        iter: LongRun.Inputs);

    private static Outcome<PollTerms> Terms(string timeout, string? since, string? synonym)
    {
        IHeaderDictionary headers = new HeaderDictionary { ["Request-Timeout"] = timeout };
        if (since is not null)
        {
            headers.IfModifiedSince = since;
        }

        if (synonym is not null)
        {
            headers["If-Not-Modified-Since"] = synonym;
        }

        Assert.True(PollHeaders.AsksToWait(headers));
        return PollHeaders.Parse(headers);
    }

    private static PollTerms Value(Outcome<PollTerms> outcome)
    {
        Assert.True(outcome.TryGet(out var terms, out var failure), failure?.Detail);
        return terms;
    }

    // What was found, as a text that two equal credentials share; empty = nothing.
    private static string Find(StringValues authorization, StringValues cik, StringValues certificate)
    {
        var headers = new HeaderDictionary { ["Authorization"] = authorization, ["X-Exosite-CIK"] = cik, ["X-ARR-ClientCert"] = certificate };
        return Reader.Find(headers) switch
        {
            PresentedCredential.Token token => "token " + token.Value.Reveal(),
            PresentedCredential.Password password => "password " + string.Join('\n', Readings(password).Select(reading => $"{Uri.EscapeDataString(reading.Identity)}\n{Convert.ToHexString(reading.Value.Bytes)}")),
            PresentedCredential.Certificate proof => "certificate " + proof.Value.Hash,
            _ => "",
        };
    }

    private static bool IsSound(string found) => found.Split(' ', 2) switch
    {
        [""] => true,
        ["token", var token] => token.Length == DeviceToken.Length && token.All(char.IsAsciiLetterOrDigit),
        ["certificate", var hash] => hash.Length == 64,
        ["password", var readings] => readings.Split('\n').Length is >= 2 and <= 2 * 16,
        _ => false,
    };

    private static string Digest(string secret) => Convert.ToHexString(Encoding.UTF8.GetBytes(secret));

    private static IEnumerable<PresentedCredential.Password> Readings(PresentedCredential.Password? first)
    {
        for (var reading = first; reading is not null; reading = reading.Otherwise)
        {
            yield return reading;
        }
    }
}
