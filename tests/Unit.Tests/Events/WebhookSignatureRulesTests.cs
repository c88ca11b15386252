using System.Text;
using Murano.Shared.Events.Delivery;

namespace Murano.Unit.Tests.Events;

public sealed class WebhookSignatureRulesTests
{
    // The example that Standard Webhooks publishes for its libraries.
    [Fact]
    public void Signs_as_the_published_example_does() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignatureRules.Sign(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Fact]
    public void A_secret_is_shown_in_the_form_of_the_libraries() => Assert.Equal("whsec_" + Convert.ToBase64String(new byte[32]), WebhookSignatureRules.Show(new byte[32]));

    [Fact]
    public void Each_installation_connector_and_key_has_a_secret_of_its_own()
    {
        var (one, other) = (new byte[32], Enumerable.Repeat((byte)1, 32).ToArray());
        Assert.True(Shared.Connectors.ConnectorId.TryParse("sample", out var sample));
        string[] secrets =
        [
            WebhookSignatureRules.Show(WebhookSignatureRules.Derive(one, sample, "a")),
            WebhookSignatureRules.Show(WebhookSignatureRules.Derive(other, sample, "a")),
            WebhookSignatureRules.Show(WebhookSignatureRules.Derive(one, Connectors.Connectors.Id, "a")),
            WebhookSignatureRules.Show(WebhookSignatureRules.Derive(one, sample, "b")),
        ];

        Assert.Distinct(secrets, StringComparer.Ordinal);
        Assert.Equal(secrets[0], WebhookSignatureRules.Show(WebhookSignatureRules.Derive(one, sample, "a")));
    }
}
