using Kagome.Benchmarks.Measuring;
using Kagome.Crystals.Compositions;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Noise;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Sampling;

/// <summary>Walks of the sampler on one thread, with the time that the network took of them.</summary>
internal sealed class SamplerRun(
    Crysformer network,
    DiffusionProcess process,
    Composition cell,
    long seed,
    MeasurementClock clock
) : IDisposable
{
    private readonly FoldedCrysformer folded = network.Fold();
    private readonly LiteralCrysformer literal = new(network);

    /// <summary>Samples structures of the cell in one batch.</summary>
    public (double Moves, double OutsideShare) Sample(
        NetworkForm form,
        int samples,
        int moves,
        CancellationToken cancellation
    )
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(seed);
        long[] atoms = [.. cell.Counts.SelectMany(pair => Enumerable.Repeat((long)pair.Key.AtomicNumber, pair.Value))];
        Tensor numbers = tensor(atoms).unsqueeze(0).repeat(samples, 1);
        double inside = 0;
        DenoiserOutput Denoise(ProcessState state, Tensor times)
        {
            CrysformerOutput? output = null;
            inside += clock
                .Time(() =>
                {
                    output =
                        form == NetworkForm.Product
                            ? folded.Evaluate(numbers, state.Coordinates, state.Lattices, times)
                            : literal.Evaluate(numbers, state.Coordinates, state.Lattices, times);
                    return 1;
                })
                .Seconds;
            return new DenoiserOutput(output!.Coordinates, output.Lattices, output.Energies);
        }

        PredictorCorrector sampler = new(process) { MoveCount = moves };
        Timing whole = clock.Time(() =>
        {
            _ = sampler.Sample(Denoise, samples, atoms.Length, noise, cancellation: cancellation);
            return moves;
        });
        return (moves, (whole.Seconds - inside) / whole.Seconds);
    }

    public void Dispose() => folded.Dispose();
}
