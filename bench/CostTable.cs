using System.Globalization;

namespace Murano.Bench;

/// <summary>A table of docs/costs.md.</summary>
/// <param name="Name">Its mark in the document.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Rows">Heads first.</param>
internal sealed record CostTable(string Name, string Title, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>As Markdown, with its title, each line ended.</summary>
    public string Markdown => $"{Title}:\n\n" + string.Concat(Rows.Select((row, index) => $"| {string.Join(" | ", row)} |\n" + (index == 0 ? $"|{string.Concat(row.Select(_ => "---|"))}\n" : "")));

    /// <summary>A sum of money: as many digits as tell something.</summary>
    public static string Dollars(decimal amount) => "$" + amount.ToString(amount == 0 || amount >= 1 ? "N2" : amount >= 0.001m ? "N4" : "N6", CultureInfo.InvariantCulture);

    /// <summary>A number with at most so many digits after the point.</summary>
    public static string Number(decimal number, int digits = 0) => number.ToString(digits == 0 ? "#,0" : "#,0." + new string('#', digits), CultureInfo.InvariantCulture);
}
