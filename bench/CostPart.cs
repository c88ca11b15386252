using System.Globalization;

namespace Murano.Bench;

/// <summary>Prints what an installation costs: the tables of docs/costs.md, or a fleet of one's own.</summary>
internal static class CostPart
{
    /// <summary>Prints what is asked for.</summary>
    /// <param name="arguments">Nothing, or how many devices, and how many seconds are between two writes of one.</param>
    /// <returns>False when they make no sense.</returns>
    public static bool TryRun(ReadOnlySpan<string> arguments)
    {
        if (arguments.IsEmpty)
        {
            Print(CostTables.All);
            return true;
        }

        if (arguments.Length > 2 || !TryParse(arguments[0], out var devices) || !TryParse(arguments.Length > 1 ? arguments[1] : "60", out var interval))
        {
            return false;
        }

        Print([CostTables.Own(devices, interval)]);
        return true;
    }

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static void Print(IEnumerable<CostTable> tables)
    {
        foreach (var table in tables)
        {
            Console.WriteLine(table.Markdown);
        }
    }
}
