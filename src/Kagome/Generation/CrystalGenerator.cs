using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Invariants;
using Kagome.Processes.Noise;
using Kagome.Processes.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome;

/// <summary>Makes structures of a composition: DAO-G at work.</summary>
/// <param name="network">The generator.</param>
/// <param name="sampler">How to walk.</param>
/// <param name="guidance">Pulls the samples to low energy; null to leave them alone.</param>
/// <remarks>Same model, composition, count and seed on the same machine with as many threads: the same structures.</remarks>
internal sealed class CrystalGenerator(FoldedCrysformer network, ISampler sampler, CrystalGuidance? guidance = null)
{
    /// <summary>A loaded generator at work, guided where a weight is above 0.</summary>
    /// <exception cref="InputException">The two models learned different noise.</exception>
    internal static CrystalGenerator Of(
        LoadedModel model,
        SamplerOptions sampler,
        EnergyPredictor? predictor,
        double coordinateGuidance,
        double latticeGuidance
    ) =>
        new(
            model.Network(sampler.Precision),
            sampler.CreateSampler(model.Checkpoint.Process, model.Checkpoint.Schedules),
            coordinateGuidance > 0 || latticeGuidance > 0
                ? predictor!.Guide(model, coordinateGuidance, latticeGuidance)
                : null
        );

    /// <summary>Samples structures of one composition, as one batch.</summary>
    /// <param name="composition">All atoms of the cell.</param>
    /// <param name="count">How many structures.</param>
    /// <param name="seed">Of all noise.</param>
    /// <param name="observe">Told of the moves made, and of the structures as they are where asked for.</param>
    /// <param name="cancellation">Stops between moves.</param>
    public IReadOnlyList<GeneratedCrystal> Generate(
        Composition composition,
        int count,
        long seed,
        Action<int, Func<IReadOnlyList<GeneratedCrystal>>>? observe = null,
        CancellationToken cancellation = default
    )
    {
        (ScalarType type, Device device) = WeightType();
        using SeededNoise noise = new(seed, type, device);
        return Generate([.. Enumerable.Repeat(Atoms(composition), count)], null, noise, observe, cancellation);
    }

    /// <summary>Samples one structure of each composition, as one batch.</summary>
    /// <remarks>What becomes of a cell depends on its own seed; on the others in its batch only by the rounding of large products.</remarks>
    /// <param name="cells">At least one; of any sizes.</param>
    /// <param name="observe">Told of the moves made, and of the structures as they are where asked for.</param>
    /// <param name="cancellation">Stops between moves.</param>
    /// <exception cref="ArgumentException">There is no cell.</exception>
    public IReadOnlyList<GeneratedCrystal> Generate(
        IReadOnlyList<SeededCell> cells,
        Action<int, Func<IReadOnlyList<GeneratedCrystal>>>? observe = null,
        CancellationToken cancellation = default
    )
    {
        (ScalarType type, Device device) = WeightType();
        using MemberNoise noise = new(
            cells.Select(cell => cell.Seed),
            type,
            device,
            [.. cells.Select(cell => cell.Composition.AtomCount)]
        );
        using StateInvariants? invariants = Invariants(cells, type, device);
        return Generate([.. cells.Select(cell => Atoms(cell.Composition))], invariants, noise, observe, cancellation);
    }

    private GeneratedCrystal[] Generate(
        Element[][] cells,
        StateInvariants? invariants,
        INoiseSource noise,
        Action<int, Func<IReadOnlyList<GeneratedCrystal>>>? observe,
        CancellationToken cancellation
    )
    {
        using DisposeScope scope = NewDisposeScope();
        CrystalLayout layout = new([.. cells.Select(cell => cell.Length)]);
        long[] numbers = [.. cells.SelectMany(cell => cell.Select(atom => (long)atom.AtomicNumber))];
        Tensor atomicNumbers = tensor(numbers).to(WeightType().Device);
        DenoiserOutput Denoise(ProcessState state, Tensor times)
        {
            CrystalBatch batch = new(layout, atomicNumbers, state.Coordinates, state.Lattices, times);
            CrysformerOutput output = network.Evaluate(batch);
            return new DenoiserOutput(output.Coordinates, output.Lattices, output.Energies);
        }

        ProcessState sampled = Guided(layout, atomicNumbers)
            .KeptIn(invariants)
            .Sample(
                Denoise,
                cells.Length,
                [layout.AtomTotal, 3],
                layout.CrystalOfAtoms(WeightType().Device),
                noise,
                (move, state) => observe?.Invoke(move, () => ToCrystals(cells, state)),
                cancellation
            );
        return ToCrystals(cells, sampled);
    }

    /// <summary>The spaces of those cells that have to keep a symmetry; null where none has.</summary>
    private static StateInvariants? Invariants(IReadOnlyList<SeededCell> cells, ScalarType type, Device device) =>
        cells.Any(cell => cell.Assignment is not null)
            ? new StateInvariants(
                [
                    .. cells.Select(cell =>
                        cell.Assignment is { } assignment ? AssignmentInvariants.Of(assignment) : null
                    ),
                ],
                [.. cells.Select(cell => cell.Composition.AtomCount)],
                type,
                device
            )
            : null;

    /// <summary>The walk, pulled to low energy where it is: predictors know the noise of diffusion only.</summary>
    private ISampler Guided(CrystalLayout layout, Tensor atomicNumbers) =>
        sampler is PredictorCorrector walk ? walk.GuidedBy(guidance?.For(layout, atomicNumbers)) : sampler;

    private (ScalarType Type, Device Device) WeightType()
    {
        Tensor anyWeight = network.AnyWeight;
        return (anyWeight.dtype, anyWeight.device);
    }

    private static Element[] Atoms(Composition composition) =>
        [.. composition.Counts.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value))];

    private static GeneratedCrystal[] ToCrystals(Element[][] cells, ProcessState state)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] coordinates = [.. state.Coordinates.to(ScalarType.Float64).cpu().flatten().data<double>()];
        double[] lattices = [.. state.Lattices.to(ScalarType.Float64).cpu().flatten().data<double>()];
        int[] starts = [0, .. cells.Select(cell => cell.Length)];
        for (int at = 1; at < starts.Length; at++)
        {
            starts[at] += starts[at - 1];
        }

        return [.. cells.Select(Crystal)];

        GeneratedCrystal Crystal(Element[] atoms, int index)
        {
            Cartesian Row(int row)
            {
                int at = (index * 9) + (row * 3);
                return new Cartesian(lattices[at], lattices[at + 1], lattices[at + 2]);
            }

            IEnumerable<Site> Sites() =>
                atoms.Select(
                    (atom, site) =>
                    {
                        int at = (starts[index] + site) * 3;
                        return new Site(
                            atom,
                            new Fractional(coordinates[at], coordinates[at + 1], coordinates[at + 2])
                        );
                    }
                );

            return GeneratedCrystal.From(Row(0), Row(1), Row(2), Sites);
        }
    }
}
