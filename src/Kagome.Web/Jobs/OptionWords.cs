using System.Text.Json;

namespace Kagome.Web.Jobs;

/// <summary>What the library's options are called in requests, such as formula_units.</summary>
internal static class OptionWords
{
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        [nameof(PredictionOptions.LargestAtomCount)] = "max_atoms",
        [nameof(PredictionOptions.Relaxation)] = "relax",
    };

    /// <summary>A message of the library in the words of requests.</summary>
    public static string Reword(KagomeException exception) => exception.Reword(Of);

    /// <summary>A remark of a plan.</summary>
    public static string Reword(string remark) =>
        InputException.Reword(remark, [nameof(PredictionOptions.LargestAtomCount)], Of);

    private static string Of(string option) =>
        Others.TryGetValue(option, out string? word) ? word : JsonNamingPolicy.SnakeCaseLower.ConvertName(option);
}
