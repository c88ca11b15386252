using System.Net.Sockets;
using Murano.Shared.Events;
using Murano.Shared.Events.Delivery;

namespace Murano.Unit.Tests.Events;

public sealed class DeliveryRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_code_has_its_meaning()
    {
        for (var status = 100; status < 600; status++)
        {
            var expected = status is >= 200 and < 300 ? typeof(DeliveryResult.Delivered)
                : status is 400 or 410 or 413 or 415 or 422 ? typeof(DeliveryResult.Refused)
                : typeof(DeliveryResult.Failed);

            Assert.IsType(expected, DeliveryRules.Of(status, null));
        }
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(500, false)]
    public void Who_is_busy_says_when_to_come_again(int status, bool heeded) => Assert.Equal(
        heeded ? TimeSpan.FromSeconds(7) : null,
        Assert.IsType<DeliveryResult.Failed>(DeliveryRules.Of(status, TimeSpan.FromSeconds(7))).After);

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("0", 0.0)]
    [InlineData("999999", 3600.0)]
    [InlineData("Sat, 28 Nov 2026 12:00:30 GMT", 30.0)]
    [InlineData("Sat, 28 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("Sun, 28 Nov 2027 11:00:00 GMT", 3600.0)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_wait_is_seconds_or_a_date(string? header, double? seconds) => Assert.Equal(seconds, DeliveryRules.WaitOf(header, Now)?.TotalSeconds);

    [Fact]
    public void No_message_of_an_exception_is_repeated()
    {
        const string Secret = "https://receiver.example/?code=secret";
        Exception[] faults =
        [
            .. Enum.GetValues<HttpRequestError>().Select(error => new HttpRequestException(error, Secret, new IOException(Secret))),
            new HttpRequestException(Secret),
            new HttpRequestException(Secret, new AddressRefusedException()),
            new SocketException((int)SocketError.HostNotFound, Secret),
            new InvalidOperationException(Secret, new IOException(Secret)),
            new Murano.Shared.Storage.StorageUnavailableException(Secret),
            new UriFormatException(Secret),
        ];

        Assert.All(faults, fault => Assert.DoesNotContain("receiver.example", Assert.IsType<DeliveryResult.Failed>(DeliveryRules.Of(fault)).Why, StringComparison.Ordinal));
        Assert.Contains("not public", Assert.IsType<DeliveryResult.Failed>(DeliveryRules.Of(faults.OfType<HttpRequestException>().Last())).Why, StringComparison.Ordinal);
    }
}
