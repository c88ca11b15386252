using System.Globalization;
using Murano.Bench;

// dotnet run -c Release --project bench [part] [count]
if (args is [AppProcess.Argument, var folder, var storage, var lookAgain, var webPubSub])
{
    await AppProcess.ServeAsync(folder, storage, lookAgain, webPubSub);
    return 0;
}

var part = args.Length == 0 || char.IsAsciiDigit(args[0][0]) ? "path" : args[0];
var number = args.Length == 0 ? "" : args[^1];
int? count = number.Length > 0 && char.IsAsciiDigit(number[0]) ? int.Parse(number, CultureInfo.InvariantCulture) : null;
switch (part)
{
    case "path":
        await PathPart.RunAsync(count ?? 20_000);
        return 0;
    case "wake":
        await WakePart.RunAsync(count ?? 3_000);
        return 0;
    case "polls":
        await PollsPart.RunAsync(count ?? 10_000);
        return 0;
    case "log":
        await LogPart.RunAsync(
            args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5,
            args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000);
        return 0;
    case "files":
        await FilesPart.RunAsync(count ?? 3);
        return 0;
    case "cost" when CostPart.TryRun(args.AsSpan(1)):
        return 0;
    default:
        Console.WriteLine("""
            dotnet run -c Release --project bench [part] [count]
              path   a device's writes and reads beside bare ASP.NET Core with the same storage requests; count = requests a round (20000)
              wake   from an operator's set to the waiting device's last byte, 1,000 devices waiting, on the same instance and on another; count = sets (3000)
              polls  memory, processor and writes of an app that holds long polls; count = polls (10000)
              log    a device's writes while a burst is shown to a watcher, beside the same while nobody watches: log [seconds a round (5)] [events a second (1000)]
              cost   what an installation costs, in US dollars a month, without running anything: cost [devices] [seconds between writes (60)]
              files  files of the greatest size up, down and down in parts; count = rounds (3)
            """);
        return 1;
}
