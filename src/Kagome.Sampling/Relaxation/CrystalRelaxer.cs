using Kagome.Core.Structures;
using Kagome.Networks.Models;
using Kagome.Processes;
using Kagome.Sampling.Crystals;
using Kagome.Sampling.Guidance;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Relaxation;

/// <summary>Moves crystals to lower predicted energy, coordinates and lattice together.</summary>
/// <remarks>
/// Source: the L-BFGS relaxation of DAO (arXiv 2503.10471), A.12. Differs: the released code minimises the mean energy of a batch with one
/// curvature history for all its crystals, so that they move each other; here a batch only shares the network's evaluations.
/// </remarks>
/// <param name="network">With an energy head.</param>
/// <param name="settings">How to go.</param>
public sealed class CrystalRelaxer(Crysformer network, RelaxationSettings settings)
{
    /// <summary>Relaxes crystals of one size.</summary>
    /// <param name="crystals">At least one, all with as many atoms, and valid where collapse is guarded.</param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <exception cref="ArgumentException">The crystals differ in size, or the network has no energy head.</exception>
    public IReadOnlyList<RelaxedCrystal> Relax(
        IReadOnlyList<Structure> crystals,
        CancellationToken cancellation = default
    )
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor like = network.parameters().First();
        Tensor atomicNumbers = StructureBatch.Of(crystals, like).AtomicNumbers;
        RelaxingCrystal[] all = [.. crystals.Select(crystal => new RelaxingCrystal(crystal, settings))];
        for (int[] active = Active(all); active.Length > 0; active = Active(all))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope round = NewDisposeScope();
            Tensor rows = tensor(active.Select(at => (long)at).ToArray()).to(like.device);
            Evaluate(atomicNumbers.index_select(0, rows), [.. active.Select(at => all[at])], like);
        }

        return [.. all.Select(crystal => crystal.Result())];
    }

    private static int[] Active(RelaxingCrystal[] all) =>
        [.. Enumerable.Range(0, all.Length).Where(at => all[at].IsActive)];

    private void Evaluate(Tensor atomicNumbers, RelaxingCrystal[] crystals, Tensor like)
    {
        int size = crystals[0].Trial.Length;
        int coordinateCount = size - CrystalPoint.LatticeEntries;
        Tensor points = tensor(crystals.SelectMany(crystal => crystal.Trial).ToArray())
            .view(crystals.Length, size)
            .to(like.dtype)
            .to(like.device);
        ProcessState state = new(
            points[.., ..coordinateCount].reshape(crystals.Length, -1, 3),
            points[.., coordinateCount..].reshape(crystals.Length, 3, 3)
        );
        Tensor clean = zeros(crystals.Length, dtype: ScalarType.Int64, device: like.device);
        (Tensor energies, ProcessState slopes) = EnergyGradients.WithEnergies(network, atomicNumbers, state, clean);
        Tensor joined = cat([slopes.Coordinates.flatten(1), slopes.Lattices.flatten(1)], 1);
        double[] values = Numbers(energies);
        double[] gradients = Numbers(joined);
        for (int at = 0; at < crystals.Length; at++)
        {
            crystals[at].Take(values[at], gradients[(at * size)..((at + 1) * size)]);
        }
    }

    private static double[] Numbers(Tensor values) =>
        [.. values.to(ScalarType.Float64).cpu().contiguous().flatten().data<double>()];
}
