using System.Text;

namespace Murano.Admin;

/// <summary>Asks at the terminal for something that nobody is to see.</summary>
internal static class SecretPrompt
{
    /// <summary>Asks.</summary>
    /// <returns>What was typed; null for nothing.</returns>
    public static string? Read(string question)
    {
        Console.Error.Write(question);
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (key.KeyChar >= ' ')
            {
                text.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return text.Length == 0 ? null : text.ToString();
    }
}
