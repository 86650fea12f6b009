using Kagome.Crystals.Phases;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets;

/// <summary>Energies above hull, label e_hull, from formation energies, label e_form.</summary>
/// <remarks>
/// The hull is that of the phases that are known: where a competing phase is missing, an energy above it is too low. Formation energies of different schemes
/// do not go together. Immutable, and safe to use from several threads.
/// </remarks>
/// <param name="phases">The phases that make the hull.</param>
public sealed class HullLabels(PhaseDiagram phases)
{
    /// <summary>The hull of all crystals of a data set and others that have a formation energy.</summary>
    /// <param name="crystals">A data set.</param>
    /// <param name="others">Other phases that are known.</param>
    /// <param name="progress">Hears how many crystals of the data set were read.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">There is no crystal, or none has a formation energy.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static HullLabels Of(
        CrystalReader crystals,
        IEnumerable<CrystalRecord> others,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    ) => Of(crystals.ReadSome(progress, "phases", cancellation).Concat(others), cancellation);

    /// <summary>The hull of all crystals that have a formation energy.</summary>
    /// <exception cref="InputException">None has one.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static HullLabels Of(IEnumerable<CrystalRecord> crystals, CancellationToken cancellation = default)
    {
        List<Phase> phases = [];
        foreach (CrystalRecord crystal in crystals)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Labels.Number(crystal, Labels.FormationEnergy) is { } energy)
            {
                phases.Add(new Phase(crystal.Structure.Composition, energy));
            }
        }

        return phases.Count > 0
            ? new HullLabels(new PhaseDiagram(phases))
            : throw new InputException(
                $"No crystal has a number as label '{Labels.FormationEnergy}', its formation energy in eV/atom, which a hull is made of.",
                Labels.FormationEnergy
            );
    }

    /// <summary>The energy above the hull, in eV/atom: 0 for what is on it or below it; null where there is no formation energy.</summary>
    public double? EnergyAboveHull(CrystalRecord crystal) =>
        Labels.Number(crystal, Labels.FormationEnergy) is { } energy
            ? Math.Max(0, energy - phases.HullEnergy(crystal.Structure.Composition))
            : null;

    /// <summary>Writes all crystals to a file, which appears when it is complete: with a label e_hull where they have e_form and no e_hull yet.</summary>
    /// <param name="source">What to label, one crystal at a time.</param>
    /// <param name="path">The data set to write, in place of one of that name.</param>
    /// <param name="progress">Hears how many crystals were read.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">There is no crystal, or the file cannot be the target; nothing was written.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was written.</exception>
    public HullCounts Write(
        CrystalReader source,
        string path,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        TargetCheck.OfDataSet(path, source.Paths);
        if (DataSetWriter.LosesLabels(path))
        {
            throw new InputException(
                $"{path}: CIF holds no labels, so that the energies would be lost; expected a data set that does, such as labelled.jsonl.gz.",
                path
            );
        }

        (int labelled, int onHull, int had, int without) = (0, 0, 0, 0);
        using DataSetWriter writer = new(path);
        foreach (CrystalRecord crystal in source.ReadSome(progress, "hull", cancellation))
        {
            CrystalRecord written = crystal;
            if (Labels.Number(crystal, Labels.EnergyAboveHull) is not null)
            {
                had++;
            }
            else if (EnergyAboveHull(crystal) is { } energy)
            {
                labelled++;
                onHull += energy <= 0 ? 1 : 0;
                written = crystal with { Labels = crystal.Labels.SetItem(Labels.EnergyAboveHull, energy) };
            }
            else
            {
                without++;
            }

            writer.Add(written);
        }

        writer.Complete();
        return new HullCounts(source.Count, source.UnreadableCount, labelled, onHull, had, without);
    }
}

/// <summary>What became of the crystals of a data set.</summary>
/// <param name="Crystals">How many crystals were read and written.</param>
/// <param name="Unreadable">How many entries hold no crystal.</param>
/// <param name="Labelled">How many got an energy above hull.</param>
/// <param name="OnHull">How many of these are on the hull.</param>
/// <param name="HadLabel">How many had one already, and keep it.</param>
/// <param name="WithoutEnergy">How many have no formation energy, and are written as they were.</param>
public sealed record HullCounts(
    int Crystals,
    int Unreadable,
    int Labelled,
    int OnHull,
    int HadLabel,
    int WithoutEnergy
);
