using Microsoft.Extensions.Time.Testing;
using Murano.Shared;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Access;

public sealed class PasswordVerifierTests : IDisposable
{
    private static readonly DevicePassword Right = Password("correct horse battery staple");
    private static readonly DevicePassword Wrong = Password("incorrect horse battery staple");

    private readonly FakeTimeProvider _time = new();
    private readonly PasswordVerifier _verifier;
    private readonly CredentialId _credential = CredentialId.New();
    private readonly string _stored = PasswordHash.Make(Right);

    public PasswordVerifierTests() => _verifier = new PasswordVerifier(_time);

    public void Dispose() => _verifier.Dispose();

    private static DevicePassword Password(string text)
    {
        Assert.True(DevicePassword.TryParse(text, out var password));
        return password;
    }

    private bool? Ask(DevicePassword password, CredentialId? credential, string? stored) =>
        _verifier.Verify(credential, stored, password, _verifier.Digest(password)).TryGet(out var holds, out _) ? holds : null;

    [Fact]
    [Spec("f/2")]
    public void Hashes_are_salted_and_say_how_they_were_made()
    {
        Assert.Matches("^pbkdf2-sha256:10000:[0-9a-f]{32}:[0-9a-f]{64}$", _stored);
        Assert.NotEqual(_stored, PasswordHash.Make(Right), StringComparer.Ordinal);
        Assert.True(PasswordHash.Holds(_stored, Right));
        Assert.False(PasswordHash.Holds(_stored, Wrong));
        Assert.False(PasswordHash.Holds(PasswordHash.Nobody, Right));
    }

    [Theory]
    [InlineData("")]
    [InlineData("other:10000:00:00")]
    [InlineData("pbkdf2-sha256:x:00:00")]
    [InlineData("0123456789abcdef")]
    public void A_stored_form_that_is_not_known_holds_for_nobody(string stored) => Assert.False(PasswordHash.Holds(stored, Right));

    [Fact]
    public void Another_kind_of_hash_can_stand_beside_it() => Assert.True(PasswordHash.Holds(
        "pbkdf2-sha256:1:00:" + Convert.ToHexStringLower(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(Right.Bytes, new byte[1], 1, System.Security.Cryptography.HashAlgorithmName.SHA256, 20)),
        Right));

    [Fact]
    public void Two_at_once_and_the_others_are_told_to_come_later()
    {
        using (var one = _verifier.TryEnter())
        {
            Assert.True(Ask(Right, _credential, _stored));
            using var two = _verifier.TryEnter();
            Assert.NotNull(two);
            Assert.Null(Ask(Wrong, _credential, _stored));
            Assert.Null(Ask(Wrong, null, null));
            Assert.False(_verifier.Make(Right).TryGet(out _, out var failure));
            Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<Failure.TooMany>(failure).RetryAfter);

            // One that is remembered needs no place.
            Assert.True(Ask(Right, _credential, _stored));
        }

        Assert.False(Ask(Wrong, _credential, _stored));
    }

    [Fact]
    public void What_held_is_remembered_for_ten_minutes_and_for_this_credential_only()
    {
        Assert.True(Ask(Right, _credential, _stored));
        using var one = _verifier.TryEnter();
        using var two = _verifier.TryEnter();

        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(Ask(Right, _credential, _stored));
        Assert.Null(Ask(Right, CredentialId.New(), _stored));
        Assert.Null(Ask(Right, null, _stored));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(Ask(Right, _credential, _stored));
    }
}
