using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using Murano.Admin.Http;

namespace Murano.Unit.Tests.Admin;

public sealed class RetryHandlerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<double> _waits = [];
    private readonly TaskCompletionSource _silence = new();

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task It_waits_as_long_as_it_is_asked_to(HttpStatusCode status)
    {
        var seconds = new HttpResponseMessage(status) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) } };
        var date = new HttpResponseMessage(status) { Headers = { RetryAfter = new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(9)) } };
        var hours = new HttpResponseMessage(status) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromHours(9)) } };

        Assert.Equal(HttpStatusCode.OK, await SendAsync(isOnce: false, () => seconds, () => date, () => hours, () => new(status), () => new(HttpStatusCode.OK)));
        Assert.Equal([7, 9, 120, 8], _waits);
    }

    [Fact]
    public async Task What_the_network_or_the_server_broke_is_tried_again()
    {
        Assert.Equal(HttpStatusCode.OK, await SendAsync(isOnce: false, () => throw new HttpRequestException("x"), () => new(HttpStatusCode.BadGateway), () => throw new IOException("x"), () => new(HttpStatusCode.OK)));
        Assert.Equal([1, 2, 4], _waits);
    }

    [Fact]
    public async Task It_gives_up_after_a_while()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(isOnce: false, [.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => new(HttpStatusCode.InternalServerError), 5)]));
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(isOnce: false, [.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => throw new HttpRequestException("x"), 5)]));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync(isOnce: false, [.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => new(HttpStatusCode.TooManyRequests), 30)]));
    }

    [Fact]
    public async Task What_must_not_be_done_twice_is_repeated_only_when_it_was_refused()
    {
        Assert.Equal(HttpStatusCode.OK, await SendAsync(isOnce: true, () => new(HttpStatusCode.TooManyRequests), () => new(HttpStatusCode.OK)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(isOnce: true, () => new(HttpStatusCode.ServiceUnavailable)));
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(isOnce: true, () => throw new HttpRequestException("x")));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task Answers_are_answers(HttpStatusCode status)
    {
        Assert.Equal(status, await SendAsync(isOnce: false, () => new(status)));
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task Refusals_and_faults_are_counted_apart()
    {
        List<Func<HttpResponseMessage>> replies = [.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => new(HttpStatusCode.TooManyRequests), 6)];
        replies.AddRange([() => throw new HttpRequestException("x"), () => new(HttpStatusCode.BadGateway), () => new(HttpStatusCode.ServiceUnavailable), () => new(HttpStatusCode.OK)]);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(isOnce: false, [.. replies]));
        Assert.Equal([1, 2, 4, 8, 16, 32, 1, 2, 64], _waits);
    }

    [Fact]
    public async Task A_body_that_does_not_come_has_a_deadline_too()
    {
        using var client = new HttpClient(new RetryHandler(new Script([() => Silent(), () => new(HttpStatusCode.OK)]), WaitAsync, _time));
        var sending = client.GetAsync(new Uri("http://localhost/"), TestContext.Current.CancellationToken);
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(101));

        using var reply = await sending;
        Assert.Equal([1], _waits);

        HttpResponseMessage Silent() => new(HttpStatusCode.OK) { Content = new SilentContent(_silence) };
    }

    [Fact]
    public async Task What_is_read_as_it_comes_is_handed_on_at_once()
    {
        using var client = new HttpClient(new RetryHandler(new Script([() => new(HttpStatusCode.OK) { Content = new SilentContent(_silence) }]), WaitAsync, _time));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");
        request.Options.Set(RetryHandler.Streamed, true);

        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task A_large_body_may_take_its_time()
    {
        var sent = new TaskCompletionSource<HttpResponseMessage>();
        using var slow = new Slow(sent.Task);
        using var client = new HttpClient(new RetryHandler(slow, WaitAsync, _time)) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/") { Content = new ByteArrayContent(new byte[16 * 1024 * 1024]) };
        var sending = client.SendAsync(request, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1000));
        Assert.False(slow.WasCancelled);
        sent.SetResult(new HttpResponseMessage(HttpStatusCode.OK));

        using var reply = await sending;
        Assert.Empty(_waits);
    }

    private async Task<HttpStatusCode> SendAsync(bool isOnce, params Func<HttpResponseMessage>[] replies)
    {
        using var client = new HttpClient(new RetryHandler(new Script(replies), WaitAsync, _time));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");
        request.Options.Set(RetryHandler.Once, isOnce);
        using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return reply.StatusCode;
    }

    private Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        _waits.Add(pause.TotalSeconds);
        return Task.CompletedTask;
    }

    private sealed class Script(Func<HttpResponseMessage>[] replies) : HttpMessageHandler
    {
        private int _next;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(replies[_next++]());
    }

    private sealed class Slow(Task<HttpResponseMessage> reply) : HttpMessageHandler
    {
        public bool WasCancelled { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await using var _ = cancellationToken.Register(() => WasCancelled = true);
            return await reply;
        }
    }

    private sealed class SilentContent(TaskCompletionSource silence) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => silence.Task;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => silence.Task.WaitAsync(cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
