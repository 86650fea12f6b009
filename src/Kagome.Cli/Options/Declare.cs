using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Kagome.Crystals.Symmetry;

namespace Kagome.Cli.Options;

/// <summary>Options and arguments, declared in one line each.</summary>
internal static class Declare
{
    public static Argument<T> Operand<T>(string name, string description, ArgumentArity? arity = null)
    {
        Argument<T> argument = new(name) { Description = description };
        argument.Arity = arity ?? argument.Arity;
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>An option that a command does not have would be taken for a file or formula, and left out as one that cannot be read.</summary>
    private static void RefuseOptions(ArgumentResult result)
    {
        string? option = result.Tokens.Select(token => token.Value).FirstOrDefault(IsOption);
        if (option is not null)
        {
            result.AddError($"There is no option '{option}'.");
        }
    }

    private static bool IsOption(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(token);

    /// <summary>An option that may be left out.</summary>
    public static Option<T?> Value<T>(string name, string description) => new(name) { Description = description };

    /// <summary>An option with a default.</summary>
    public static Option<T> Value<T>(string name, string description, T standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    public static Option<string?> Text(string name, string description) =>
        Value<string>(name, description).NamingOutput();

    public static Option<string> Text(string name, string description, string standard) =>
        Value(name, description, standard).NamingOutput();

    public static Option<string> RequiredText(string name, string description) =>
        new Option<string>(name) { Description = description, Required = true }.NamingOutput();

    public static Option<string[]> Paths(string name, string description, bool isRequired = false) =>
        new(name)
        {
            Description = description,
            Required = isRequired,
            AllowMultipleArgumentsPerToken = true,
        };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>A whole number above 0; the message names the largest, and the library refuses what is above it.</summary>
    public static Option<int> PositiveNumber(
        string name,
        string description,
        int standard,
        int largest = int.MaxValue
    ) =>
        Value(name, description, standard)
            .Requiring(token => IsWhole(token, 1), $"a whole number from 1 to {largest}.");

    /// <summary>A whole number above 0 that may be left out.</summary>
    public static Option<int?> PositiveNumber(string name, string description) =>
        Value<int?>(name, description)
            .Requiring(token => IsWhole(token, 1), $"a whole number from 1 to {int.MaxValue}.");

    /// <summary>One of several words; what it means is found in their table.</summary>
    public static Option<string> Choice(string name, string description, IEnumerable<string> words, string standard)
    {
        Option<string> option = Text(name, description, standard);
        option.AcceptOnlyFromAmong([.. words]);
        return option;
    }

    /// <summary>One of several words, or nothing.</summary>
    public static Option<string?> Choice(string name, string description, IEnumerable<string> words)
    {
        Option<string?> option = Text(name, description);
        option.AcceptOnlyFromAmong([.. words]);
        return option;
    }

    /// <summary>Where tensors live and products are made.</summary>
    public static Option<string> Device() =>
        Choice("--device", "cpu, or cuda in a build with -p:TorchBackend=cuda or pytorch.", ["cpu", "cuda"], "cpu");

    public static Option<long> Seed(string description = "Seed of all noise.") =>
        Value<long>("--seed", description, 1)
            .Requiring(
                token => long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
                "a whole number of at most 18 digits."
            );

    /// <summary>How exact a symmetry has to be.</summary>
    public static Option<double> Symprec() =>
        Value(
            "--symprec",
            "How far, in Å, atoms may be from their symmetric places.",
            SymmetryFinder.DefaultSymprecAngstrom
        );

    public static Option<bool> Force(string description = "Replace files that exist.") => Flag("--force", description);

    public static Option<bool> Json(string description = "Print all as JSON on stdout.") => Flag("--json", description);

    /// <summary>Refuses other values before anything is done.</summary>
    /// <param name="option">An option that takes one value.</param>
    /// <param name="isGood">Whether a word of the command line is such a value.</param>
    /// <param name="expected">What the message says was expected.</param>
    public static Option<T> Requiring<T>(this Option<T> option, Func<string, bool> isGood, string expected)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.SingleOrDefault() is { Value: { } token } && !isGood(token))
            {
                result.AddError($"{option.Name} is '{token}'; expected {expected}");
            }
        });
        return option;
    }

    /// <summary>What is written has a name.</summary>
    private static Option<T> NamingOutput<T>(this Option<T> option) =>
        option.Name == "--out"
            ? option.Requiring(token => !string.IsNullOrWhiteSpace(token), "the name of a file or folder.")
            : option;

    public static bool IsWhole(string token, int smallest) =>
        int.TryParse(token, CultureInfo.InvariantCulture, out int value) && value >= smallest;

    /// <summary>Whether a word is a finite number in a range that begins at 0.</summary>
    public static bool IsNumber(string token, bool takesZero) =>
        double.TryParse(token, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
        && (takesZero ? number >= 0 : number > 0);

    /// <summary>Adds options and arguments in the order in which help shows them.</summary>
    public static Command With(this Command command, params IEnumerable<Symbol> symbols)
    {
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        return command;
    }
}
