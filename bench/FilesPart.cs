using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Murano.Bench;

/// <summary>Files of the greatest size up and down, and readers of parts of one, with the app's memory beside it.</summary>
internal static class FilesPart
{
    private const int FileBytes = 67_108_863;
    private const int Readers = 16;
    private const int PartBytes = 1024 * 1024;

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <param name="rounds">Files that go up and down, one after the other.</param>
    public static async Task RunAsync(int rounds)
    {
        await using var stage = await Stage.OpenAsync();
        using var app = await AppProcess.StartAsync(stage.AppFolder, stage.Storage, "00:00:25");
        var token = (await Load.ActivateAsync(app.Address, app.Connector, 1))[0];
        var bytes = RandomNumberGenerator.GetBytes(FileBytes);
        await UploadAsync(app, token, bytes.AsMemory(0, PartBytes));
        Console.WriteLine($"{rounds} files of {FileBytes} bytes, {Readers} readers of parts of {PartBytes}; resident {app.Megabytes:0} MB before");
        for (var round = 1; round <= rounds; round++)
        {
            await MeasureAsync(app, "up", FileBytes, () => UploadAsync(app, token, bytes));
            await MeasureAsync(app, "down", FileBytes, async () => Check(bytes, await ReadAsync(app, token, null)));
            await MeasureAsync(app, $"down in parts, {Readers} readers", FileBytes, () => ReadPartsAsync(app, token, bytes));
        }
    }

    private static async Task ReadPartsAsync(AppProcess app, string token, byte[] bytes)
    {
        var next = -PartBytes;
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            for (var first = Interlocked.Add(ref next, PartBytes); first < bytes.Length; first = Interlocked.Add(ref next, PartBytes))
            {
                var last = Math.Min(first + PartBytes, bytes.Length) - 1;
                Check(bytes.AsMemory(first..(last + 1)), await ReadAsync(app, token, new(first, last)));
            }
        }));
    }

    private static async Task UploadAsync(AppProcess app, string token, ReadOnlyMemory<byte> bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, app.Address + "/provision/upload?id=file") { Content = new ReadOnlyMemoryContent(bytes), Headers = { { "X-Exosite-CIK", token } } };
        using var reply = await Client.SendAsync(request);
        reply.EnsureSuccessStatusCode();
    }

    // Returns the SHA-256 of what comes.
    private static async Task<byte[]> ReadAsync(AppProcess app, string token, RangeHeaderValue? range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Address + "/provision/download?id=device2/bench-0/file") { Headers = { { "X-Exosite-CIK", token } } };
        request.Headers.Range = range;
        using var reply = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        reply.EnsureSuccessStatusCode();
        return await SHA256.HashDataAsync(await reply.Content.ReadAsStreamAsync());
    }

    private static void Check(ReadOnlyMemory<byte> sent, byte[] received)
    {
        if (!SHA256.HashData(sent.Span).AsSpan().SequenceEqual(received))
        {
            throw new InvalidOperationException("What came down is not what went up.");
        }
    }

    private static async Task MeasureAsync(AppProcess app, string what, int bytes, Func<Task> transfer)
    {
        var (cpu, began) = (app.Cpu, Stopwatch.GetTimestamp());
        await transfer();
        var elapsed = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-28} {bytes / elapsed.TotalSeconds / 1e6,5:0} MB/s  app CPU {100 * (app.Cpu - cpu) / elapsed:0} %  resident {app.Megabytes:0} MB"));
    }
}
