using Kagome.Crystals.Lattices;
using Kagome.Prototypes;

namespace Kagome.Cli.Views;

/// <summary>The candidates on the screen: each crystal once, with how often it was found and the rank of its first file.</summary>
/// <remarks>80 columns are all that many terminals have: beside energies there is no room for volumes and shortest distances, which are in the files.</remarks>
internal static class CandidateTable
{
    private const int MostRows = 20;

    public static void Print(TextWriter output, Prediction prediction, string folder)
    {
        Candidate[] crystals = [.. prediction.Crystals];
        bool hasEnergies = crystals.Any(candidate => candidate.EnergyAboveHull is not null);
        bool hasProbabilities = crystals.Any(candidate => candidate.Probability is not null);
        string[] probabilityHeading = hasProbabilities ? ["p"] : [];
        string[] energyHeading = hasEnergies ? ["eV/atom"] : [];
        string[] packingHeadings = hasEnergies ? [] : ["Å³/atom", "d min/Å"];
        TextTable table = new([
            "#",
            "from",
            .. probabilityHeading,
            .. energyHeading,
            "cell",
            "space group",
            "a/Å",
            "b/Å",
            "c/Å",
            "α",
            "β",
            "γ",
            .. packingHeadings,
        ])
        {
            IsRightAligned = true,
        };
        foreach (Candidate candidate in crystals.Take(MostRows))
        {
            table.Add([.. Cells(candidate, hasProbabilities, hasEnergies)]);
        }

        table.Write(output);
        foreach (string sentence in Origins(prediction, crystals))
        {
            output.WriteLine($"  {sentence}");
        }

        foreach (Candidate candidate in crystals.Take(MostRows).Where(candidate => !candidate.IsValid))
        {
            output.WriteLine($"  {candidate.Rank} is invalid: {candidate.Problem}");
        }

        foreach (string concern in crystals.SelectMany(candidate => candidate.Concerns).Distinct())
        {
            output.WriteLine($"  energies may be far off: {concern}");
        }

        foreach (FailedSample failure in prediction.Failures.DistinctBy(failure => failure.Problem))
        {
            output.WriteLine($"  no structure came of a sample: {failure.Problem}");
        }

        if (crystals.Length > MostRows)
        {
            output.WriteLine($"  … and {crystals.Length - MostRows} more");
        }

        int valid = prediction.Candidates.Count(candidate => candidate.IsValid);
        int all = prediction.Candidates.Count + prediction.Failures.Count;
        output.WriteLine(
            $"{prediction.Formula}: {all} {(all == 1 ? "candidate" : "candidates")}, {valid} valid, {crystals.Length} different, in {folder}"
        );
    }

    /// <summary>Where the first answers come from, and how much to believe of them.</summary>
    private static IEnumerable<string> Origins(Prediction prediction, Candidate[] crystals)
    {
        const int MostSentences = 3;
        foreach (Candidate candidate in crystals.Where(candidate => candidate.Proposal is not null).Take(MostSentences))
        {
            Proposal proposal = candidate.Proposal!;
            string template = $"{proposal.Template.ReducedFormula} ({proposal.Template.Id})";
            yield return IsKnown(candidate)
                ? $"{candidate.Rank} is known: {template}{OnHull(proposal)}."
                : $"{candidate.Rank} is like {template}, with {string.Join(", ", proposal.Substitutions)}.";
        }

        double best = crystals.Max(candidate => candidate.Probability) ?? 1;
        if (best < PredictionOptions.PoorProbability && !crystals.Any(IsKnown))
        {
            yield return "No known structure type fits well, so that any of these may be wrong.";
        }

        if (prediction.Plan.Cells.Count == 0 && best >= PredictionOptions.SureProbability)
        {
            yield return "Nothing was generated, since a known structure type is sure; --samples 20 generates all the same.";
        }
    }

    private static bool IsKnown(Candidate candidate) => candidate.Proposal?.Substitutions.Count == 0;

    private static string OnHull(Proposal proposal) =>
        proposal.Template.EnergyAboveHull is { } energy ? $", {energy:F3} eV/atom above the hull of its source" : "";

    private static IEnumerable<string> Cells(Candidate candidate, bool hasProbabilities, bool hasEnergies)
    {
        yield return $"{candidate.Rank}";
        string template = candidate.Proposal switch
        {
            null => "",
            { Substitutions.Count: 0 } => "known",
            { Template.ReducedFormula: var formula } => formula,
        };
        yield return template.Length == 0 ? $"{candidate.Generated} x"
        : candidate.Generated > 0 ? $"{template}, {candidate.Generated} x"
        : template;
        if (hasProbabilities)
        {
            yield return candidate.Probability?.ToString("F2") ?? "-";
        }

        if (hasEnergies)
        {
            yield return candidate.EnergyAboveHull?.ToString("0.000;-0.000;0.000") ?? "-";
        }

        yield return candidate.Structure.Composition.Formula;
        yield return candidate.SpaceGroup?.ToString() ?? "-";
        LatticeParameters cell = candidate.Structure.Lattice.Parameters;
        double[] numbers = [cell.A, cell.B, cell.C, cell.Alpha, cell.Beta, cell.Gamma];
        foreach ((int at, double number) in numbers.Index())
        {
            yield return number.ToString(at < 3 ? "F2" : "F0");
        }

        if (!hasEnergies)
        {
            yield return candidate.Structure.VolumePerAtom.ToString("F2");
            yield return candidate.ShortestDistance?.ToString("F2") ?? "-";
        }
    }
}
