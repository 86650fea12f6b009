using Kagome.Core.Structures;
using Kagome.Sampling.Relaxation;

namespace Kagome.Cli.Relaxation;

/// <summary>What became of a crystal. Energies in the model's unit; <c>volume_change</c> as a share of the volume before.</summary>
/// <param name="Id">Its name in the file.</param>
/// <param name="Formula">Of the cell that was relaxed.</param>
/// <param name="Structure">The relaxed cell; the original, as it was given, where nothing could be done.</param>
/// <param name="End">Null where the crystal could not be relaxed at all.</param>
/// <param name="Iterations">Steps made.</param>
/// <param name="EnergyBefore">Null where the model can say nothing.</param>
/// <param name="EnergyAfter">Null where the model can say nothing.</param>
/// <param name="VolumeChange">Null where nothing was done.</param>
/// <param name="StillMatches">Whether the structure matcher (default tolerances) takes it for the same crystal as before.</param>
/// <param name="Concerns">Why the model may be far off.</param>
/// <param name="Problem">Why the original was kept; null where it was not.</param>
internal sealed record RelaxationReport(
    string Id,
    string Formula,
    [property: System.Text.Json.Serialization.JsonIgnore] Structure Structure,
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
    private const string BeforeLabel = "predicted_before";
    private const string AfterLabel = "predicted_after";

    /// <summary>The relaxed cell under the name and labels of the original, with its energies as labels of their own.</summary>
    public CrystalRecord Relabel(CrystalRecord original)
    {
        CrystalRecord record = original with { Structure = Structure };
        return this is { EnergyBefore: { } before, EnergyAfter: { } after }
            ? record with
            {
                Labels = record.Labels.SetItem(BeforeLabel, before).SetItem(AfterLabel, after),
            }
            : record;
    }

    /// <summary>What relaxation changed in the predicted energy of a record of <see cref="Relabel"/>; null where there was none.</summary>
    public static double? EnergyChange(CrystalRecord relabelled) =>
        relabelled.Labels.TryGetValue(BeforeLabel, out double before)
        && relabelled.Labels.TryGetValue(AfterLabel, out double after)
            ? after - before
            : null;
}
