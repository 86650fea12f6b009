using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Kagome.Cli;

/// <summary>Options that take a whole number above 0.</summary>
internal static class NumberOption
{
    public static Option<int> PositiveNumber(string name, string description, int standard)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(RefuseBelowOne);
        return option;
    }

    /// <summary>One that may be left out.</summary>
    public static Option<int?> PositiveNumber(string name, string description)
    {
        Option<int?> option = new(name) { Description = description };
        option.Validators.Add(RefuseBelowOne);
        return option;
    }

    private static void RefuseBelowOne(OptionResult result)
    {
        string? token = result.Tokens.SingleOrDefault()?.Value;
        if (token is not null && (!int.TryParse(token, CultureInfo.InvariantCulture, out int value) || value < 1))
        {
            result.AddError($"{result.Option.Name} is '{token}'; expected a whole number above 0.");
        }
    }
}
