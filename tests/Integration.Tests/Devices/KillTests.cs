using System.Net;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Devices;

/// <summary>The process is killed while devices write; what was answered is there after the next start on the same data folder.</summary>
public sealed class KillTests
{
    private const int Devices = 4;

    private static int Rounds => LongRun.Of(3, 200);

    [Fact]
    public async Task No_acknowledged_write_is_lost()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, (string Token, int Acknowledged)> known = [];
        for (var round = 0; round <= Rounds; round++)
        {
            await using var process = RealProcess.Start(folder.Path);
            var run = await process.ReadyAsync();
            using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
            foreach (var (identity, (token, acknowledged)) in known)
            {
                var text = await SimulatedDevice.With(client, run.Fqdn!, identity, token).ReadAsync("temperature");
                var stored = text.Length == 0 ? 0 : int.Parse(text["temperature=".Length..], System.Globalization.CultureInfo.InvariantCulture);

                // One more may have been stored whose reply the kill took away.
                Assert.InRange(stored, acknowledged, acknowledged + 1);
                known[identity] = (token, stored);
            }

            if (round == Rounds)
            {
                break;
            }

            for (var i = known.Count; i < Devices; i++)
            {
                var device = await SimulatedDevice.ActivateAsync(client, run.Fqdn!);
                known[device.Identity] = (device.Token, 0);
            }

            var enough = Random.Shared.Next(5, 60);
            var total = 0;
            var reached = new TaskCompletionSource();
            var writers = known.Keys.ToList().ConvertAll(identity => Task.Run(() => WriteUntilKilledAsync(client, run.Fqdn!, identity, known, () =>
            {
                if (Interlocked.Increment(ref total) == enough)
                {
                    reached.SetResult();
                }
            })));
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await process.SignalGroupAsync("KILL");
            await Task.WhenAll(writers);
        }
    }

    private static async Task WriteUntilKilledAsync(HttpClient client, string connector, string identity, Dictionary<string, (string Token, int Acknowledged)> known, Action acknowledged)
    {
        var (token, last) = known[identity];
        var device = SimulatedDevice.With(client, connector, identity, token);
        try
        {
            while (true)
            {
                using var reply = await device.PostAsync($"temperature={last + 1}");
                if (reply.StatusCode != HttpStatusCode.NoContent)
                {
                    break;
                }

                last++;
                acknowledged();
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }

        lock (known)
        {
            known[identity] = (token, last);
        }
    }
}
