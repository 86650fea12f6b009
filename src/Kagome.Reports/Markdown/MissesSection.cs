using System.Globalization;
using Kagome.Evaluation;
using Kagome.Evaluation.Scoring;

namespace Kagome.Reports.Markdown;

/// <summary>Crystals whose first structure is wrong, for people to look at.</summary>
internal static class MissesSection
{
    private const int Most = 20;

    /// <summary>The section; empty where nothing was missed.</summary>
    /// <remarks>The surest mistakes, where probabilities were given; else the first of the data.</remarks>
    public static string Write(IReadOnlyList<CrystalResult> crystals)
    {
        CrystalResult[] missed = [.. crystals.Where(crystal => crystal.SmallestRms(1) is null)];
        if (missed.Length == 0)
        {
            return "";
        }

        bool hasProbabilities = missed.Any(crystal => crystal.Samples[0].Probability is not null);
        MarkdownTable table = new(
            "crystal",
            "formula",
            "atoms",
            "eV/atom above the hull",
            "its space group",
            "the answer's",
            "probability",
            "first match"
        );
        foreach (
            CrystalResult crystal in missed.OrderByDescending(crystal => crystal.Samples[0].Probability).Take(Most)
        )
        {
            SampleScore answer = crystal.Samples[0];
            table.Add(
                crystal.Id,
                answer.Formula,
                $"{crystal.Atoms}",
                Number(crystal.EnergyAboveHull, "F3"),
                $"{answer.ReferenceSpaceGroup?.ToString(CultureInfo.InvariantCulture) ?? FigureText.None}",
                $"{answer.SpaceGroup?.ToString(CultureInfo.InvariantCulture) ?? FigureText.None}",
                Number(answer.Probability, "F2"),
                crystal.Samples.FirstOrDefault(sample => sample.Rms is not null) is { } match
                    ? $"{match.Sample}"
                    : FigureText.None
            );
        }

        string which = hasProbabilities ? "the surest" : "the first";
        return $"""
            ## Misses

            Of {crystals.Count} crystals {missed.Length} are missed by their first structure; these are {which} of them.

            {table}

            """;
    }

    private static string Number(double? value, string digits) =>
        value?.ToString(digits, CultureInfo.InvariantCulture) ?? FigureText.None;
}
