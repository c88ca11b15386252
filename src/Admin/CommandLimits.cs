using System.CommandLine;
using System.Globalization;

namespace Murano.Admin;

/// <summary>Options that are numbers within bounds.</summary>
internal static class CommandLimits
{
    /// <summary>Makes one.</summary>
    public static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = FormattableString.Invariant($"{description} {least} to {most}."), DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most))
            {
                result.AddError(FormattableString.Invariant($"{name} must be a number from {least} to {most}."));
            }
        });
        return option;
    }
}
