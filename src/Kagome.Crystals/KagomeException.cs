using System.Text.RegularExpressions;

namespace Kagome;

/// <summary>Something that the caller can mend: input that cannot be used, a damaged file, an option out of range.</summary>
/// <remarks>
/// The root of all exceptions that Kagome throws on purpose. Messages name the thing, its value, what was expected and the way out.
/// Errors of the operating system (a missing file, a full disk) stay <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>,
/// and mistakes in code that calls stay <see cref="ArgumentException"/>.
/// </remarks>
public class KagomeException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The message with other names for options, such as --samples for Samples.</summary>
    /// <param name="nameOf">What the host calls an option.</param>
    public virtual string Reword(Func<string, string> nameOf) => Message;
}

/// <summary>Input that cannot be used: a formula without structures, data without labels, a model of another kind.</summary>
/// <remarks>Words in the message that are names of options, listed in <see cref="Options"/>, may be replaced by what a host calls them.</remarks>
public sealed partial class InputException : KagomeException
{
    /// <param name="message">The thing, its value, what was expected, the way out.</param>
    /// <param name="innerException">What it was found by, such as the error of a parser; null where there is none.</param>
    public InputException(string message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <param name="message">The thing, its value, what was expected, the way out.</param>
    /// <param name="value">The value at fault.</param>
    /// <param name="options">Names of options, such as LargestAtomCount, that stand in the message.</param>
    public InputException(string message, object? value, params IReadOnlyList<string> options)
        : base(message) => (Value, Options) = (value, options);

    /// <summary>The value at fault, where it is a single one.</summary>
    public object? Value { get; }

    /// <summary>Names of options that stand in the message.</summary>
    public IReadOnlyList<string> Options { get; } = [];

    /// <inheritdoc/>
    public override string Reword(Func<string, string> nameOf) => Reword(Message, Options, nameOf);

    /// <summary>A text, such as a remark or a way out, with other names for the options in it.</summary>
    /// <param name="text">Names options as the library does.</param>
    /// <param name="options">Words of the text that are options.</param>
    /// <param name="nameOf">What the host calls an option.</param>
    public static string Reword(string text, IReadOnlyList<string> options, Func<string, string> nameOf) =>
        Word().Replace(text, word => options.Contains(word.Value) ? nameOf(word.Value) : word.Value);

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}

/// <summary>An option has a value that it cannot have.</summary>
public sealed class OptionException : KagomeException
{
    /// <param name="option">The property's name, such as Samples.</param>
    /// <param name="value">What it was set to.</param>
    /// <param name="expected">What was expected, such as "a whole number above 0".</param>
    public OptionException(string option, object? value, string expected)
        : base(Format(option, value, expected)) => (Option, Value, Expected) = (option, value, expected);

    /// <summary>The property's name, such as Samples.</summary>
    public string Option { get; }

    /// <summary>The value at fault.</summary>
    public object? Value { get; }

    /// <summary>What was expected, such as "a whole number above 0".</summary>
    public string Expected { get; }

    /// <inheritdoc/>
    public override string Reword(Func<string, string> nameOf) => Format(nameOf(Option), Value, Expected);

    /// <summary>Throws unless the number is at least 1.</summary>
    /// <exception cref="OptionException">The value is below 1.</exception>
    public static void RequirePositive(string option, int value)
    {
        if (value < 1)
        {
            throw new OptionException(option, value, "a whole number above 0");
        }
    }

    /// <summary>Throws unless the number is in the range, whose ends belong to it.</summary>
    /// <exception cref="OptionException">The value is outside of the range.</exception>
    public static void RequireBetween(string option, int value, int smallest, int largest)
    {
        if (value < smallest || value > largest)
        {
            throw new OptionException(option, value, $"a whole number from {smallest} to {largest}");
        }
    }

    /// <inheritdoc cref="RequireBetween(string, int, int, int)"/>
    public static void RequireBetween(string option, double value, double smallest, double largest)
    {
        if (!(value >= smallest && value <= largest))
        {
            throw new OptionException(
                option,
                value,
                FormattableString.Invariant($"a number from {smallest} to {largest}")
            );
        }
    }

    /// <summary>Throws unless there is a value, and text in every entry of a list.</summary>
    /// <exception cref="OptionException">The value, or an element of a list, is null or an empty text.</exception>
    public static void RequireGiven(string option, object? value)
    {
        if (value is null or "")
        {
            throw new OptionException(option, value is null ? "null" : "empty", "a value");
        }

        if (value is IEnumerable<string> texts && texts.Any(string.IsNullOrEmpty))
        {
            throw new OptionException(option, "a list with an empty entry", "a value in each entry");
        }
    }

    /// <summary>Throws where a text is there and empty.</summary>
    /// <exception cref="OptionException">The value is an empty text; null stands for no value, and is allowed.</exception>
    public static void RequireNotEmpty(string option, string? value)
    {
        if (value is "")
        {
            throw new OptionException(option, "empty", "a value, or null");
        }
    }

    /// <summary>Throws unless the number is above 0 and finite; the message has the example.</summary>
    /// <exception cref="OptionException">The value is not a number above 0, or is infinite.</exception>
    public static void RequirePositive(string option, double value, string example)
    {
        if (!(double.IsFinite(value) && value > 0))
        {
            throw new OptionException(option, value, $"a number above 0, such as {example}");
        }
    }

    /// <summary>Throws unless the number is at least 0 and finite; the message has the example.</summary>
    /// <exception cref="OptionException">The value is not a number of at least 0, or is infinite.</exception>
    public static void RequireNotNegative(string option, double value, string example)
    {
        if (!(double.IsFinite(value) && value >= 0))
        {
            throw new OptionException(option, value, $"a number of at least 0, such as {example}");
        }
    }

    /// <summary>Throws unless the value is one of its enumeration.</summary>
    /// <exception cref="OptionException">The value has no name.</exception>
    public static void RequireNamed<T>(string option, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new OptionException(option, value, string.Join(" or ", Enum.GetNames<T>()));
        }
    }

    private static string Format(string option, object? value, string expected) =>
        $"{option} is {value ?? "null"}; expected {expected}.";
}
