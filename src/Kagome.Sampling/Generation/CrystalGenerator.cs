using Kagome.Core.Compositions;
using Kagome.Core.Elements;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;
using Kagome.Networks.Models;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Noise;
using Kagome.Sampling.Guidance;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Generation;

/// <summary>Makes structures of a composition: DAO-G at work.</summary>
/// <param name="network">The generator.</param>
/// <param name="sampler">How to walk.</param>
/// <param name="guidance">Pulls the samples to low energy; null to leave them alone.</param>
/// <remarks>Same model, composition, count and seed on the same machine with as many threads: the same structures.</remarks>
public sealed class CrystalGenerator(Crysformer network, PredictorCorrector sampler, CrystalGuidance? guidance = null)
{
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
        return Generate([.. Enumerable.Repeat(Atoms(composition), count)], noise, observe, cancellation);
    }

    /// <summary>Samples one structure of each composition, as one batch.</summary>
    /// <remarks>What becomes of a cell depends on its own seed; on the others in its batch only by the rounding of large products.</remarks>
    /// <param name="cells">At least one; all with as many atoms.</param>
    /// <param name="observe">Told of the moves made, and of the structures as they are where asked for.</param>
    /// <param name="cancellation">Stops between moves.</param>
    /// <exception cref="ArgumentException">The numbers of atoms differ.</exception>
    public IReadOnlyList<GeneratedCrystal> Generate(
        IReadOnlyList<SeededCell> cells,
        Action<int, Func<IReadOnlyList<GeneratedCrystal>>>? observe = null,
        CancellationToken cancellation = default
    )
    {
        if (cells.Select(cell => cell.Composition.AtomCount).Distinct().Count() != 1)
        {
            throw new ArgumentException(
                $"The cells hold {string.Join(", ", cells.Select(cell => cell.Composition.AtomCount).Distinct())} atoms; expected at least one cell, and all of one size.",
                nameof(cells)
            );
        }

        (ScalarType type, Device device) = WeightType();
        using MemberNoise noise = new(cells.Select(cell => cell.Seed), type, device);
        return Generate([.. cells.Select(cell => Atoms(cell.Composition))], noise, observe, cancellation);
    }

    private GeneratedCrystal[] Generate(
        Element[][] cells,
        INoiseSource noise,
        Action<int, Func<IReadOnlyList<GeneratedCrystal>>>? observe,
        CancellationToken cancellation
    )
    {
        using DisposeScope scope = NewDisposeScope();
        long[] numbers = [.. cells.SelectMany(cell => cell.Select(atom => (long)atom.AtomicNumber))];
        Tensor atomicNumbers = tensor(numbers).view(cells.Length, -1).to(WeightType().Device);
        using FoldedCrysformer folded = network.Fold();
        DenoiserOutput Denoise(ProcessState state, Tensor times)
        {
            CrysformerOutput output = folded.Evaluate(atomicNumbers, state.Coordinates, state.Lattices, times);
            return new DenoiserOutput(output.Coordinates, output.Lattices, output.Energies);
        }

        PredictorCorrector walk = guidance is null ? sampler : sampler.GuidedBy(guidance.For(atomicNumbers));
        ProcessState sampled = walk.Sample(
            Denoise,
            cells.Length,
            cells[0].Length,
            noise,
            (move, state) => observe?.Invoke(move, () => ToCrystals(cells, state)),
            cancellation
        );
        return ToCrystals(cells, sampled);
    }

    private (ScalarType Type, Device Device) WeightType()
    {
        Tensor anyWeight = network.parameters().First();
        return (anyWeight.dtype, anyWeight.device);
    }

    private static Element[] Atoms(Composition composition) =>
        [.. composition.Counts.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value))];

    private static GeneratedCrystal[] ToCrystals(Element[][] cells, ProcessState state)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] coordinates = [.. state.Coordinates.to(ScalarType.Float64).cpu().flatten().data<double>()];
        double[] lattices = [.. state.Lattices.to(ScalarType.Float64).cpu().flatten().data<double>()];
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
                        int at = ((index * atoms.Length) + site) * 3;
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
