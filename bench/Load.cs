using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Murano.Bench;

/// <summary>A load generator: 16 connections, each asks again as soon as it is answered.</summary>
internal static class Load
{
    public const int Connections = 16;

    private static readonly HttpClient Client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });

    public static HttpRequestMessage Post(string address, string body, string? token) =>
        With(new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded") }, token);

    public static HttpRequestMessage Get(string address, string? token) => With(new HttpRequestMessage(HttpMethod.Get, address), token);

    public static async Task<string[]> ActivateAsync(string address, string connector, int devices)
    {
        var tokens = new string[devices];
        await Parallel.ForAsync(0, devices, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (i, token) =>
        {
            using var request = Post($"{address}/provision/activate", $"vendor={connector}&model={connector}&sn=bench-{i.ToString(CultureInfo.InvariantCulture)}", null);
            using var reply = await Client.SendAsync(request, token);
            reply.EnsureSuccessStatusCode();
            tokens[i] = await reply.Content.ReadAsStringAsync(token);
        });
        return tokens;
    }

    public static async Task WarmAsync(string app, string floor, string[] tokens)
    {
        await RunAsync("warm-up: floor", 2000, i => Post($"{floor}/transaction/{i % tokens.Length}", "temperature=21.5", null));
        await RunAsync("warm-up: write", 2000, i => Post($"{app}/onep:v1/stack/alias", "temperature=21.5", tokens[i % tokens.Length]));
        await RunAsync("warm-up: read", 2000, i => Get($"{app}/onep:v1/stack/alias?temperature", tokens[i % tokens.Length]));
    }

    public static async Task<Measurement> RunAsync(string name, int requests, Func<int, HttpRequestMessage> make)
    {
        var times = new double[requests];
        var errors = new Errors();
        var next = -1;
        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next))
            {
                var asked = Stopwatch.GetTimestamp();
                try
                {
                    using var request = make(i);
                    using var reply = await Client.SendAsync(request);
                    if (!reply.IsSuccessStatusCode)
                    {
                        errors.Add(((int)reply.StatusCode).ToString(CultureInfo.InvariantCulture));
                    }
                }
                catch (HttpRequestException fault)
                {
                    errors.Add(fault.HttpRequestError.ToString());
                }

                times[i] = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(began);
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / requests;
        var result = new Measurement(requests / elapsed.TotalSeconds, new Times(times), (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / requests);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-28} {result.Rate,7:0}/s  {result.Times}  cpu {result.Cpu:0} us  {bytes} bytes  {errors}"));
        return result;
    }

    private static HttpRequestMessage With(HttpRequestMessage request, string? token)
    {
        if (token is not null)
        {
            request.Headers.Add("X-Exosite-CIK", token);
        }

        return request;
    }
}
