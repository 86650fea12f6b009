using System.Globalization;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Models;

namespace Kagome;

/// <summary>What became of a crystal that was to be relaxed. Energies are in the predictor's unit.</summary>
/// <param name="Original">As it was given.</param>
/// <param name="Cell">The cell that the relaxation began with.</param>
/// <param name="Structure">The relaxed cell; the original, as it was given, where nothing could be done.</param>
/// <param name="End">Why the relaxation stopped; null where the crystal could not be relaxed at all.</param>
/// <param name="Iterations">Steps made.</param>
/// <param name="EnergyBefore">Null where the model can say nothing.</param>
/// <param name="EnergyAfter">Null where the model can say nothing.</param>
/// <param name="VolumeChange">As a share of the volume before; null where nothing was done.</param>
/// <param name="StillMatches">Whether the structure matcher (default tolerances) takes it for the same crystal as before.</param>
/// <param name="Concerns">Why the model may be far off.</param>
/// <param name="Problem">Why the original was kept; null where it was not.</param>
public sealed record RelaxationResult(
    CrystalRecord Original,
    Structure Cell,
    Structure Structure,
    RelaxationEnd? End,
    int Iterations,
    double? EnergyBefore,
    double? EnergyAfter,
    double? VolumeChange,
    bool StillMatches,
    IReadOnlyList<string> Concerns,
    string? Problem
)
{
    /// <summary>Above this share a change of volume is remarked upon: PBE, whose crystals the predictor learned from, gives volumes to some 5 %.</summary>
    public const double LargeVolumeChange = 0.05;

    private const string BeforeLabel = "predicted_before";
    private const string AfterLabel = "predicted_after";
    private const string VolumeLabel = "predicted_volume_change";

    private static readonly StructureMatcher Matcher = new(MatcherOptions.Default);

    /// <summary>The relaxed cell under the name, split and labels of the original, with its energies and its change of volume as labels of their own.</summary>
    public CrystalRecord Record =>
        EnergyBefore is { } before && EnergyAfter is { } after && VolumeChange is { } change
            ? Original with
            {
                Structure = Structure,
                Labels = Original
                    .Labels.SetItem(BeforeLabel, before)
                    .SetItem(AfterLabel, after)
                    .SetItem(VolumeLabel, change),
            }
            : Original with
            {
                Structure = Structure,
            };

    /// <summary>Whether the volume changed by more than <see cref="LargeVolumeChange"/>.</summary>
    public bool HasLargeVolumeChange => Math.Abs(VolumeChange ?? 0) > LargeVolumeChange;

    /// <summary>What relaxation changed in the predicted energy of a crystal of <see cref="Record"/>; null where there was none.</summary>
    public static double? EnergyChange(CrystalRecord record) =>
        Labels.Number(record, AfterLabel) - Labels.Number(record, BeforeLabel);

    internal static RelaxationResult Of(
        CrystalRecord original,
        PreparedCell before,
        RelaxedCrystal? after,
        IReadOnlyList<string> concerns,
        CancellationToken cancellation
    )
    {
        if (after is null)
        {
            return new RelaxationResult(
                original,
                before.Cell,
                original.Structure,
                null,
                0,
                null,
                null,
                null,
                true,
                concerns,
                before.Problem
            );
        }

        double volumeChange = (after.Structure.Lattice.Volume / before.Cell.Lattice.Volume) - 1;
        string[] remarks =
            Math.Abs(volumeChange) > LargeVolumeChange
                ?
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the volume changed by {100 * volumeChange:+0;-0} %, more than {100 * LargeVolumeChange:0} %: the model may not know this crystal, do not trust its cell"
                    ),
                ]
                : [];
        bool isDiverged = after.End == RelaxationEnd.Diverged;
        return new RelaxationResult(
            original,
            before.Cell,
            isDiverged ? original.Structure : after.Structure,
            after.End,
            after.Iterations,
            after.EnergyBefore,
            after.EnergyAfter,
            volumeChange,
            after.Iterations == 0 || Matcher.Compare(after.Structure, before.Cell, cancellation).IsMatch,
            [.. remarks, .. concerns],
            isDiverged ? "the energy rose or was no number; the original was kept" : null
        );
    }
}
