using Microsoft.Extensions.Options;
using Murano.Functions.Console;
using Murano.Functions.Realtime;
using Murano.Shared.Access;

namespace Murano.Unit.Tests.Console;

public sealed class ConsolePolicyTests
{
    private const string Tenant = "00000000-0000-0000-0000-000000000001";

    [Fact]
    public void It_lets_in_files_of_this_host_and_styles_that_are_marked() => Assert.Equal(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-abc'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        Policy(new WebPubSubOptions(), new EntraOptions()));

    [Theory]
    [InlineData("Endpoint=http://127.0.0.1:7080;AccessKey=a=;Version=1.0;", "", "ws://127.0.0.1:7080")]
    [InlineData("Endpoint=https://name.webpubsub.azure.com;AccessKey=a;Version=1.0;", "", "wss://name.webpubsub.azure.com")]
    [InlineData("AccessKey=a; endpoint = https://name.webpubsub.azure.com/ ;Version=1.0", "https://other.example.net", "wss://name.webpubsub.azure.com")]
    [InlineData("Endpoint=http://localhost;Port=8080;AccessKey=a;Version=1.0;", "", "ws://localhost:8080")]
    [InlineData("", "https://name.webpubsub.azure.com/", "wss://name.webpubsub.azure.com")]
    [InlineData("", "http://[::1]:8080", "ws://[::1]:8080")]
    [InlineData("AccessKey=a", "", "")]
    [InlineData("Endpoint=;Port=1", "", "")]
    public void The_page_may_talk_to_the_service_of_the_live_log(string connectionString, string endpoint, string expected) =>
        Assert.Equal(expected, Connects(new() { ConnectionString = connectionString, Endpoint = endpoint }, new()));

    [Theory]
    [InlineData("https://login.microsoftonline.com/", "https://login.microsoftonline.com")]
    [InlineData("https://login.microsoftonline.us", "https://login.microsoftonline.us")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000")]
    public void And_to_the_one_that_signs_people_in(string instance, string expected)
    {
        Assert.Equal(expected, Connects(new(), new() { TenantId = Tenant, ClientId = Tenant, Instance = instance }));
        Assert.Equal("", Connects(new(), new() { Instance = instance }));
    }

    [Fact]
    public void And_to_both() => Assert.Equal(
        "wss://name.webpubsub.azure.com https://login.microsoftonline.com",
        Connects(new() { Endpoint = "https://name.webpubsub.azure.com" }, new() { TenantId = Tenant, ClientId = Tenant }));

    private static string Connects(WebPubSubOptions webPubSub, EntraOptions entra) =>
        Policy(webPubSub, entra).Split("; ").Single(rule => rule.StartsWith("connect-src ", StringComparison.Ordinal))["connect-src 'self'".Length..].TrimStart();

    private static string Policy(WebPubSubOptions webPubSub, EntraOptions entra) => new ConsolePolicy(Options.Create(webPubSub), Options.Create(entra)).With("abc");
}
