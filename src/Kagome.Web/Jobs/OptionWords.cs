using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kagome.Web.Jobs;

/// <summary>What the library's options are called in requests, such as formula_units.</summary>
internal static partial class OptionWords
{
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        [nameof(PredictionOptions.LargestAtomCount)] = "max_atoms",
        [nameof(PredictionOptions.Relaxation)] = "relax",
    };

    /// <summary>A message of the library in the words of requests.</summary>
    public static string Reword(KagomeException exception) =>
        exception switch
        {
            OptionException option => OptionException.Format(Of(option.Option), option.Value, option.Expected),
            InputException { Options.Count: > 0 } input => Reword(input.Message, input.Options),
            _ => exception.Message,
        };

    /// <summary>A remark of a plan.</summary>
    public static string Reword(string remark) => Reword(remark, [nameof(PredictionOptions.LargestAtomCount)]);

    private static string Reword(string text, IReadOnlyList<string> options) =>
        Word().Replace(text, word => options.Contains(word.Value) ? Of(word.Value) : word.Value);

    private static string Of(string option) =>
        Others.TryGetValue(option, out string? word) ? word : JsonNamingPolicy.SnakeCaseLower.ConvertName(option);

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
