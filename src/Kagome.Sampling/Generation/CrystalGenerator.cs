using Kagome.Core.Compositions;
using Kagome.Core.Elements;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;
using Kagome.Networks.Models;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Generation;

/// <summary>Makes structures of a composition: DAO-G at work.</summary>
/// <remarks>Same model, composition, count and seed on the same machine with as many threads: the same structures.</remarks>
public sealed class CrystalGenerator(Crysformer network, PredictorCorrector sampler)
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
        using DisposeScope scope = NewDisposeScope();
        Tensor anyWeight = network.parameters().First();
        Element[] atoms = [.. composition.Counts.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value))];
        Tensor atomicNumbers = tensor(atoms.Select(atom => (long)atom.AtomicNumber).ToArray())
            .unsqueeze(0)
            .expand(count, -1)
            .contiguous()
            .to(anyWeight.device);
        using FoldedCrysformer folded = network.Fold();
        DenoiserOutput Denoise(ProcessState state, Tensor times)
        {
            CrysformerOutput output = folded.Evaluate(atomicNumbers, state.Coordinates, state.Lattices, times);
            return new DenoiserOutput(output.Coordinates, output.Lattices, output.Energies);
        }

        using SeededNoise noise = new(seed, anyWeight.dtype, anyWeight.device);
        ProcessState sampled = sampler.Sample(
            Denoise,
            count,
            atoms.Length,
            noise,
            (move, state) => observe?.Invoke(move, () => ToCrystals(atoms, state)),
            cancellation
        );
        return ToCrystals(atoms, sampled);
    }

    private static GeneratedCrystal[] ToCrystals(Element[] atoms, ProcessState state)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] coordinates = [.. state.Coordinates.to(ScalarType.Float64).cpu().flatten().data<double>()];
        double[] lattices = [.. state.Lattices.to(ScalarType.Float64).cpu().flatten().data<double>()];
        int count = lattices.Length / 9;
        return [.. Enumerable.Range(0, count).Select(Crystal)];

        GeneratedCrystal Crystal(int index)
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
