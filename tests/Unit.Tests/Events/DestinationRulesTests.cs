using Murano.Shared.Events;

namespace Murano.Unit.Tests.Events;

public sealed class DestinationRulesTests
{
    [Theory]
    [InlineData("https://events.example.com")]
    [InlineData("https://events.example.com:8443/a/b?code=1%2B2&x")]
    [InlineData("HTTPS://Events.Example.com/")]
    [InlineData("https://8.8.8.8/a")]
    [InlineData("https://[2606:4700::1]/a")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://mylocal/")]
    public void Public_https_is_fine(string url) => Assert.Null(WhyNot(url));

    [Theory]
    [InlineData("")]
    [InlineData("events.example.com")]
    [InlineData("/a")]
    [InlineData("https:/events.example.com")]
    [InlineData("https://")]
    [InlineData("https:///a")]
    [InlineData("https://xn--nxasmq6\u00DB/")]
    [InlineData("https://events .example.com")]
    [InlineData("https://events.example.com\\@10.0.0.1/")]
    [InlineData("https://events.example.com/\n")]
    [InlineData("ftp://events.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://events.example.com/")]
    [InlineData("https://me@events.example.com/")]
    [InlineData("https://me:secret@events.example.com/")]
    [InlineData("https://events.example.com/#a")]
    [InlineData("https://events.example.com/?***")]
    [InlineData("https://localhost/")]
    [InlineData("https://localhost./")]
    [InlineData("https://LOCALHOST:7071/")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://169.254.169.254/metadata")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    public void Anything_else_is_refused(string url) => Assert.Equal(("bad-url", "events.destination.url"), (WhyNot(url)?.Reason, WhyNot(url)?.Field));

    [Fact]
    public void An_address_has_2000_characters_at_most()
    {
        var longest = "https://events.example.com/".PadRight(DestinationRules.MaxUrlLength, 'a');

        Assert.Null(WhyNot(longest));
        Assert.NotNull(WhyNot(longest + "a"));
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost:1/")]
    [InlineData("http://localhost:7072/api/events")]
    public void For_development_private_addresses_and_plain_http_are_fine(string url) => Assert.Null(DestinationRules.WhyNot(EventDestinationKind.Webhook, url, allowPrivate: true));

    [Fact]
    public void A_topic_is_called_over_https_in_any_case()
    {
        Assert.Null(DestinationRules.WhyNot(EventDestinationKind.EventGrid, "https://localhost/", allowPrivate: true));
        Assert.NotNull(DestinationRules.WhyNot(EventDestinationKind.EventGrid, "http://localhost/", allowPrivate: true));
    }

    [Theory]
    [InlineData("https://a.example/b", "https://a.example/b")]
    [InlineData("https://a.example/b?code=secret", "https://a.example/b?***")]
    [InlineData("https://a.example?", "https://a.example?***")]
    public void A_query_is_not_shown(string url, string shown) => Assert.Equal(shown, DestinationRules.Shown(url));

    [Theory]
    [InlineData("https://fleet.westeurope-1.eventgrid.azure.net/api/events", true)]
    [InlineData("https://FLEET.westeurope-1.EventGrid.azure.net:443/api/events", true)]
    [InlineData("https://fleet.usgovvirginia-1.eventgrid.azure.us/api/events", true)]
    [InlineData("https://eventgrid.azure.net.example.com/api/events", false)]
    [InlineData("https://fleet-eventgrid.azure.net/api/events", false)]
    [InlineData("https://eventgrid.azure.net/api/events", false)]
    [InlineData("https://fleet.westeurope-1.eventgrid.azure.net:8443/api/events", false)]
    [InlineData("https://events.example.com/api/events", false)]
    public void The_key_of_the_topics_is_shown_to_topics_only(string url, bool isTopic)
    {
        Assert.Equal(isTopic, DestinationRules.WhyNot(EventDestinationKind.EventGrid, url, allowPrivate: false) is null);
        Assert.Null(WhyNot(url));
    }

    private static Shared.Failure.Rejected? WhyNot(string url) => DestinationRules.WhyNot(EventDestinationKind.Webhook, url, allowPrivate: false);
}
