using Kagome.Benchmarks.Measuring;
using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Noise;
using Kagome.Testing;
using TorchSharp;

namespace Kagome.Benchmarks.Training;

/// <summary>The gradients of a training step by the literal network: crystals of one size together, batches shared out to the workers.</summary>
internal sealed class LiteralGradients : IDisposable
{
    private readonly IReadOnlyList<LiteralCrysformer> networks;
    private readonly BenchmarkBatch[] batches;
    private readonly DiffusionProcess process;
    private readonly long seed;

    /// <param name="networks">One a worker.</param>
    /// <param name="crystals">Of any sizes.</param>
    /// <param name="batchPairs">Most pairs of atoms in a batch.</param>
    /// <param name="process">Adds the noise.</param>
    /// <param name="seed">Of the noise.</param>
    public LiteralGradients(
        IEnumerable<Crysformer> networks,
        IEnumerable<Structure> crystals,
        int batchPairs,
        DiffusionProcess process,
        long seed
    )
    {
        this.networks = [.. networks.Select(network => new LiteralCrysformer(network))];
        (this.process, this.seed) = (process, seed);
        batches =
        [
            .. crystals
                .GroupBy(crystal => crystal.AtomCount)
                .SelectMany(size => size.Chunk(Math.Max(1, batchPairs / (size.Key * size.Key))))
                .Select(BenchmarkBatch.Of),
        ];
    }

    /// <summary>Adds the gradients of all batches to the networks.</summary>
    /// <returns>The number of crystals.</returns>
    public double Run(WorkerThreads workers) =>
        workers.Run(worker =>
            batches.Where((_, at) => at % workers.Count == worker).Sum(batch => Accumulate(networks[worker], batch))
        );

    public void Dispose() => Array.ForEach(batches, batch => batch.Dispose());

    private double Accumulate(LiteralCrysformer network, BenchmarkBatch batch)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using SeededNoise noise = new(seed);
        DenoiserOutput Denoise(ProcessState state, torch.Tensor times)
        {
            CrysformerOutput output = network.Evaluate(batch.AtomicNumbers, state.Coordinates, state.Lattices, times);
            return new DenoiserOutput(output.Coordinates, output.Lattices);
        }

        process.Loss(Denoise, batch.State, noise).Total().backward();
        return batch.CrystalCount;
    }
}
