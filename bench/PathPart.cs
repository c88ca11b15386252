using Murano.LocalHost;

namespace Murano.Bench;

/// <summary>A device's writes and reads against their floors, everything in this process but the storage emulator.</summary>
internal static class PathPart
{
    private const int Devices = 1000;
    private const int Rounds = 3;

    // Within the credential cache's 5 s no read asks for the fence: few devices, each read again long before.
    private const int WarmDevices = 50;

    public static async Task RunAsync(int requests)
    {
        await using var stage = await Stage.OpenAsync();
        using var app = await Stage.StartAppAsync(stage.AppFolder, stage.Storage);
        var run = app.GetRunInfo();
        await using var floor = await Floor.StartAsync(stage.Storage);

        Console.WriteLine($"{Devices} devices, {Load.Connections} connections, {requests} requests each round, storage emulator on the same machine");
        var tokens = await Load.ActivateAsync(run.Http, run.Connector!, Devices);
        await Load.WarmAsync(run.Http, floor.Address, tokens);
        for (var round = 1; round <= Rounds; round++)
        {
            Console.WriteLine($"round {round}");
            var upsert = await Load.RunAsync("floor: one upsert", requests, i => Load.Post(floor.Address + $"/upsert/{i % Devices}", "temperature=21.5", null));
            var two = await Load.RunAsync("floor: two-row transaction", requests, i => Load.Post(floor.Address + $"/transaction/{i % Devices}", "temperature=21.5", null));
            var write = await Load.RunAsync("device write", requests, i => Load.Post(run.Http + "/onep:v1/stack/alias", "temperature=21.5", tokens[i % Devices]));
            Console.WriteLine($"  write / transaction floor {write.Rate / two.Rate:0.00}, p99 ratio {write.Times.At(0.99) / two.Times.At(0.99):0.00}; write / upsert {write.Rate / upsert.Rate:0.00}; app CPU beyond the floor {write.Cpu - two.Cpu:0} us a request");
            var point = await Load.RunAsync("floor: one point read", requests, i => Load.Get(floor.Address + $"/point/{i % Devices}", null));
            Compare("all devices", point, await ReadAsync(Devices));
            var warm = await Load.RunAsync("floor: one point read", requests, i => Load.Get(floor.Address + $"/point/{i % WarmDevices}", null));
            Compare("warm", warm, await ReadAsync(WarmDevices));
        }

        await app.StopAsync();

        Task<Measurement> ReadAsync(int devices) => Load.RunAsync($"device read, {devices} devices", requests, i => Load.Get(run.Http + "/onep:v1/stack/alias?temperature", tokens[i % devices]));
    }

    private static void Compare(string what, Measurement floor, Measurement read) =>
        Console.WriteLine($"  read ({what}) / floor {read.Rate / floor.Rate:0.00}, p99 ratio {read.Times.At(0.99) / floor.Times.At(0.99):0.00}; app CPU beyond the floor {read.Cpu - floor.Cpu:0} us a request");
}
