using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace Kagome.Cli.Manual;

/// <summary>What help says of an option.</summary>
/// <param name="Names">All its names, such as -h and --help, the shortest first.</param>
/// <param name="Value">What stands for its value: cpu|cuda, or a word; empty for a flag.</param>
/// <param name="Description">What it does.</param>
/// <param name="Default">Its value where it is not given; null where there is none.</param>
/// <param name="IsRequired">Whether it has to be given.</param>
internal sealed record OptionEntry(
    IReadOnlyList<string> Names,
    string Value,
    string Description,
    string? Default,
    bool IsRequired
)
{
    /// <summary>The option as it is typed, with what stands for its value.</summary>
    public string Usage => Value.Length == 0 ? Names[^1] : $"{Names[^1]} {Value}";

    public static OptionEntry Of(Option option) =>
        new(
            [.. option.Aliases.Append(option.Name).Where(name => name[0] == '-').OrderBy(name => name.Length)],
            ValueOf(option),
            option.Description ?? "",
            ValueText.DefaultOf(option.ValueType, option.HasDefaultValue, option.GetDefaultValue),
            option.Required
        );

    private static string ValueOf(Option option)
    {
        if (option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0)
        {
            return "";
        }

        string[] words = ValueText.ChoicesOf(option, option.ValueType);
        string value =
            words.Length > 0 ? string.Join('|', words) : $"<{option.HelpName ?? option.Name.TrimStart('-')}>";
        return option.AllowMultipleArgumentsPerToken ? $"{value}..." : value;
    }
}

/// <summary>What help says of an argument.</summary>
/// <param name="Name">As help calls it, such as FORMULA.</param>
/// <param name="Usage">As a command line has it: in brackets where it may be left out, with dots where there may be several.</param>
/// <param name="Description">What it is.</param>
/// <param name="Default">Its value where it is not given; null where there is none.</param>
internal sealed record OperandEntry(string Name, string Usage, string Description, string? Default)
{
    public static OperandEntry Of(Argument argument)
    {
        string several = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return new OperandEntry(
            argument.Name,
            argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $"[{several}]" : several,
            argument.Description ?? "",
            ValueText.DefaultOf(argument.ValueType, argument.HasDefaultValue, argument.GetDefaultValue)
        );
    }
}

/// <summary>Values of options and arguments as they are typed.</summary>
internal static class ValueText
{
    /// <summary>The words that a symbol takes, where there are only some.</summary>
    public static string[] ChoicesOf(Symbol symbol, Type type) =>
        [
            .. symbol
                .GetCompletions(CompletionContext.Empty)
                .Select(word => IsEnumeration(type) ? word.Label.ToLowerInvariant() : word.Label),
        ];

    public static string? DefaultOf(Type type, bool hasDefault, Func<object?> value)
    {
        string text = hasDefault ? Convert.ToString(value(), CultureInfo.InvariantCulture) ?? "" : "";
        return type == typeof(bool) || type.IsArray || text.Length == 0 ? null
            : IsEnumeration(type) || type == typeof(double) ? text.ToLowerInvariant()
            : text;
    }

    private static bool IsEnumeration(Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsEnum;
}
