using Kagome.Cli.Diagnosis;
using Kagome.Cli.Output;
using Kagome.Core.Lattices;
using Kagome.Symmetry;

namespace Kagome.Cli.Prediction;

/// <summary>The candidates on the screen: each crystal once, with how often it was found and the rank of its first file.</summary>
/// <remarks>80 columns are all that many terminals have: beside energies there is no room for volumes and shortest distances, which are in the files.</remarks>
internal static class CandidateTable
{
    private const int MostRows = 20;

    public static void Print(
        TextWriter output,
        PredictionTarget target,
        IReadOnlyList<Candidate> candidates,
        string folder
    )
    {
        Candidate[] crystals = [.. candidates.DistinctBy(candidate => candidate.Crystal)];
        bool hasEnergies = candidates.Any(candidate => candidate.Energy is not null);
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
            table.Add([.. Cells(target, candidate, hasEnergies)]);
        }

        table.Write(output);
        foreach (Candidate candidate in crystals.Take(MostRows).Where(candidate => !candidate.IsValid))
        {
            output.WriteLine($"  {candidate.Rank} is invalid: {candidate.Problem}");
        }

        foreach (string concern in crystals.SelectMany(candidate => candidate.Concerns).Distinct())
        {
            output.WriteLine($"  energies may be far off: {concern}");
        }

        if (crystals.Length > MostRows)
        {
            output.WriteLine($"  … and {crystals.Length - MostRows} more");
        }

        if (!SymmetryFinder.IsAvailable)
        {
            output.WriteLine($"  Space groups are not shown: {SymmetryLibrary.Missing}");
        }

        int valid = candidates.Count(candidate => candidate.IsValid);
        output.WriteLine(
            $"{target.Formula}: {candidates.Count} candidates, {valid} valid, {crystals.Length} different, in {folder}"
        );
    }

    private static IEnumerable<string> Cells(PredictionTarget target, Candidate candidate, bool hasEnergies)
    {
        yield return $"{candidate.Rank}";
        yield return $"{candidate.Found} x";
        if (hasEnergies)
        {
            yield return candidate.Energy?.ToString("0.000;-0.000;0.000") ?? "-";
        }

        yield return target.Cell(candidate.Z).Formula;
        if (SymmetryFinder.IsAvailable)
        {
            yield return candidate.Symmetry?.Group.ToString() ?? "-";
        }

        LatticeParameters? cell = candidate.Structure?.Lattice.Parameters;
        double?[] numbers = [cell?.A, cell?.B, cell?.C, cell?.Alpha, cell?.Beta, cell?.Gamma];
        foreach ((int at, double? number) in numbers.Index())
        {
            yield return number?.ToString(at < 3 ? "F2" : "F0") ?? "-";
        }

        if (!hasEnergies)
        {
            yield return candidate.Structure?.VolumePerAtom.ToString("F2") ?? "-";
            yield return candidate.ShortestDistanceAngstrom?.ToString("F2") ?? "-";
        }
    }
}
