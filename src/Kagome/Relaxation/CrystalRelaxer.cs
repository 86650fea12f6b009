using Kagome.Crystals.Structures;
using Kagome.Energies;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Processes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome;

/// <summary>Moves crystals to lower predicted energy, coordinates and lattice together.</summary>
/// <remarks>
/// Source: the L-BFGS relaxation of DAO (arXiv 2503.10471), A.12. Differs: the released code minimises the mean energy of a batch with one
/// curvature history for all its crystals, so that they move each other; here a batch only shares the network's evaluations.
/// </remarks>
/// <param name="network">Has an energy head.</param>
/// <param name="settings">How to go.</param>
internal sealed class CrystalRelaxer(FoldedCrysformer network, RelaxationOptions settings)
{
    /// <summary>Relaxes crystals of any sizes.</summary>
    /// <param name="crystals">At least one; valid where collapse is guarded.</param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <exception cref="ArgumentException">The network has no energy head.</exception>
    public IReadOnlyList<RelaxedCrystal> Relax(
        IReadOnlyList<Structure> crystals,
        CancellationToken cancellation = default
    )
    {
        RelaxingCrystal[] all = [.. crystals.Select(crystal => new RelaxingCrystal(crystal, settings))];
        for (RelaxingCrystal[] active = all; active.Length > 0; active = [.. all.Where(crystal => crystal.IsActive)])
        {
            cancellation.ThrowIfCancellationRequested();
            Evaluate(active);
        }

        return [.. all.Select(crystal => crystal.Result())];
    }

    private void Evaluate(RelaxingCrystal[] crystals)
    {
        using DisposeScope scope = NewDisposeScope();
        CrystalBatch batch = CrystalBatch.Of([.. crystals.Select(crystal => crystal.Original)], network.AnyWeight) with
        {
            Coordinates = Place(crystals.SelectMany(crystal => crystal.Trial[..^CrystalPoint.LatticeEntries]))
                .view(-1, 3),
            Lattices = Place(crystals.SelectMany(crystal => crystal.Trial[^CrystalPoint.LatticeEntries..]))
                .view(-1, 3, 3),
        };
        (Tensor energies, ProcessState slopes) = EnergyGradients.At(network, batch);
        double[] values = CrystalReadings.Numbers(energies);
        double[] byCoordinates = CrystalReadings.Numbers(slopes.Coordinates);
        double[] byLattices = CrystalReadings.Numbers(slopes.Lattices);
        for (int at = 0; at < crystals.Length; at++)
        {
            (int start, int end) = (batch.Layout.AtomStarts[at], batch.Layout.AtomStarts[at + 1]);
            int row = at * CrystalPoint.LatticeEntries;
            crystals[at]
                .Take(
                    values[at],
                    [.. byCoordinates[(3 * start)..(3 * end)], .. byLattices[row..(row + CrystalPoint.LatticeEntries)]]
                );
        }
    }

    private Tensor Place(IEnumerable<double> values) =>
        tensor(values.ToArray()).to(network.AnyWeight.dtype).to(network.AnyWeight.device);
}
