using Murano.Bench;
using Murano.Functions;
using Murano.LocalHost;
using Murano.LocalHost.Azurite;

// Device path against its floors, everything in this process but the storage emulator: dotnet run -c Release --project bench [requests]
var requests = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 20_000;
const int Devices = 1000;
var folder = Directory.CreateTempSubdirectory("murano-bench-").FullName;
try
{
    await using var azurite = await AzuriteEmulator.StartAsync(folder, TimeSpan.FromMinutes(1), Console.WriteLine, CancellationToken.None);
    var builder = LocalFunctions.CreateBuilder(new LocalFunctionsOptions
    {
        Assembly = typeof(MuranoFunctions).Assembly,
        Configuration = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["LocalHost:HttpPort"] = "0",
            ["LocalHost:HttpsPort"] = "0",
            ["LocalHost:DataFolder"] = Path.Combine(folder, "app"),
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Devices:NewIdentitiesPerMinute"] = "0", // all devices come from one address
        },
    });
    builder.AddMurano();
    using var app = builder.Build();
    await app.StartAsync();
    var run = app.GetRunInfo();
    await using var floor = await Floor.StartAsync(azurite.ConnectionString);

    Console.WriteLine($"{Devices} devices, 16 connections, {requests} requests each round, storage emulator on the same machine");
    var tokens = await Load.ActivateAsync(run.Http, run.Connector!, Devices);
    await Load.WarmAsync(run.Http, floor.Address, tokens);
    for (var round = 1; round <= 3; round++)
    {
        Console.WriteLine($"round {round}");
        var upsert = await Load.RunAsync("floor: one upsert", requests, i => Load.Post(floor.Address + $"/upsert/{i % Devices}", "temperature=21.5", null));
        var two = await Load.RunAsync("floor: two-row transaction", requests, i => Load.Post(floor.Address + $"/transaction/{i % Devices}", "temperature=21.5", null));
        var write = await Load.RunAsync("device write", requests, i => Load.Post(run.Http + "/onep:v1/stack/alias", "temperature=21.5", tokens[i % Devices]));
        Console.WriteLine($"  write / transaction floor {write.Rate / two.Rate:0.00}, p99 ratio {write.P99 / two.P99:0.00}; write / upsert {write.Rate / upsert.Rate:0.00}; app CPU beyond the floor {write.Cpu - two.Cpu:0} us a request");
        var point = await Load.RunAsync("floor: one point read", requests, i => Load.Get(floor.Address + $"/point/{i % Devices}", null));
        var read = await Load.RunAsync("device read", requests, i => Load.Get(run.Http + "/onep:v1/stack/alias?temperature", tokens[i % Devices]));
        Console.WriteLine($"  read / floor {read.Rate / point.Rate:0.00}, p99 ratio {read.P99 / point.P99:0.00}");
    }

    await app.StopAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}
