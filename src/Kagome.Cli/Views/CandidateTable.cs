using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

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
        string[] energyHeading = hasEnergies ? ["eV/atom"] : [];
        string[] packingHeadings = hasEnergies ? [] : ["Å³/atom", "d min/Å"];
        string[] spaceGroup = SymmetryFinder.IsAvailable ? ["space group"] : [];
        TextTable table = new([
            "#",
            "found",
            .. energyHeading,
            "cell",
            .. spaceGroup,
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
            table.Add([.. Cells(prediction, candidate, hasEnergies)]);
        }

        table.Write(output);
        foreach (Candidate candidate in crystals.Take(MostRows).Where(candidate => !candidate.IsValid))
        {
            output.WriteLine($"  {candidate.Rank} is invalid: {candidate.Problem}");
        }

        foreach (string concern in crystals.SelectMany(candidate => candidate.Cautions).Distinct())
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

        if (!SymmetryFinder.IsAvailable)
        {
            output.WriteLine($"  Space groups are not shown: {SymmetryFinder.Missing}");
        }

        int valid = prediction.Candidates.Count(candidate => candidate.IsValid);
        int samples = prediction.Candidates.Count + prediction.Failures.Count;
        output.WriteLine(
            $"{prediction.Formula}: {samples} candidates, {valid} valid, {crystals.Length} different, in {folder}"
        );
    }

    private static IEnumerable<string> Cells(Prediction prediction, Candidate candidate, bool hasEnergies)
    {
        yield return $"{candidate.Rank}";
        yield return $"{candidate.Found} x";
        if (hasEnergies)
        {
            yield return candidate.EnergyAboveHull?.ToString("0.000;-0.000;0.000") ?? "-";
        }

        yield return candidate.Structure.Composition.Formula;
        if (SymmetryFinder.IsAvailable)
        {
            yield return candidate.SpaceGroup?.ToString() ?? "-";
        }

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
