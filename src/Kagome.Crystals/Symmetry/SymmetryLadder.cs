using System.Collections.Immutable;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Which space groups a crystal has the more displacement is allowed: what a relaxed or generated structure may be meant to be.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public static class SymmetryLadder
{
    /// <summary>The tolerances in Å that are tried.</summary>
    public static ImmutableArray<double> Tolerances { get; } = [1e-5, 1e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

    /// <summary>One rung for each space group, at the smallest of <see cref="Tolerances"/> that finds it, smallest first; none where nothing is found.</summary>
    /// <remarks>Never throws, whatever the cell.</remarks>
    public static ImmutableArray<SymmetryRung> Of(Structure structure)
    {
        List<SymmetryRung> rungs = [];
        foreach (double tolerance in Tolerances)
        {
            if (
                new SymmetryFinder(tolerance).Find(structure) is { } found
                && !rungs.Exists(rung => rung.Symmetry.Group == found.Group)
            )
            {
                rungs.Add(new(tolerance, found));
            }
        }

        return [.. rungs];
    }
}

/// <summary>A space group that a crystal has within a tolerance.</summary>
/// <param name="SymprecAngstrom">The smallest tolerance that was tried and finds it, in Å.</param>
/// <param name="Symmetry">
/// What was found with it; <see cref="CrystalSymmetry.LargestDisplacement"/> is how far in Å atoms have to be moved, and
/// <see cref="CrystalSymmetry.Symmetrised"/> the structure after that.
/// </param>
public sealed record SymmetryRung(double SymprecAngstrom, CrystalSymmetry Symmetry)
{
    /// <summary>Group, tolerance and displacement, such as <c>Fm-3m (225) at 0.1 Å, moving atoms by 0.042 Å</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Symmetry.Group} at {SymprecAngstrom} Å, moving atoms by {Symmetry.LargestDisplacement:F3} Å"
        );
}
