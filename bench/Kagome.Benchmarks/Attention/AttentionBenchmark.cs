using Kagome.Benchmarks.Measuring;
using Kagome.Networks;
using Kagome.Networks.Layers;
using TorchSharp;

namespace Kagome.Benchmarks.Attention;

/// <summary>The network against its literal twin, by size of crystal: all cores side by side, each form in its best batch.</summary>
internal sealed class AttentionBenchmark(
    AttentionSettings settings,
    MeasurementClock clock,
    Action<string> tell,
    CancellationToken cancellation
)
{
    private const int ProductsOfRound = 4; // about as long as a forward pass

    private readonly PairedMeasurement paired = new(clock, settings.Repetitions);
    private readonly CrysformerConfiguration shape = BenchmarkNetwork.Shape(settings.Model, settings.Shape);

    public AttentionReport Run()
    {
        using WorkerThreads workers = new(settings.Workers);
        tell("attention: rate of matrix products");
        BenchmarkMachine machine = BenchmarkMachine.Measure(workers, clock, settings.ProductSize);
        using WorkerNetworks networks = CreateNetworks(ProductPrecision.Auto);
        using WorkerNetworks? full =
            machine.Precision == ProductPrecision.Full ? null : CreateNetworks(ProductPrecision.Full);
        return new AttentionReport(
            [.. settings.AtomCounts.Select(atoms => Measure(atoms, workers, networks, full))],
            machine
        );
    }

    private WorkerNetworks CreateNetworks(ProductPrecision precision) =>
        new(
            chosen => BenchmarkNetwork.Create(settings.Model, settings.Shape, settings.Seed, chosen),
            settings.Workers,
            precision
        );

    private AttentionSize Measure(int atoms, WorkerThreads workers, WorkerNetworks networks, WorkerNetworks? full)
    {
        tell($"attention: {atoms} atoms, forward");
        AttentionPass forward = Measure(atoms, workers, networks.Forward);
        AttentionPass forwardFull = full is null ? forward : Measure(atoms, workers, full.Forward);
        tell($"attention: {atoms} atoms, with backward");
        AttentionPass training = Measure(atoms, workers, networks.Train);
        AttentionPass trainingFull = full is null ? training : Measure(atoms, workers, full.Train);
        tell($"attention: {atoms} atoms, memory");
        AttentionMemory? memory = settings.MeasuresMemory ? MemoryWorker.Measure(settings, atoms, cancellation) : null;
        double factored = NetworkArithmetic.Factored(shape, atoms);
        double literal = NetworkArithmetic.Literal(shape, atoms);
        tell($"attention: {atoms} atoms, share of the rate of matrix products");
        double rateShare = RateShare(forward, 2 * factored * atoms, atoms, workers, networks);
        return new AttentionSize(
            atoms,
            forward.Ratio,
            training.Ratio,
            memory?.ForwardRatio,
            memory?.TrainingRatio,
            forwardFull.Ratio,
            trainingFull.Ratio,
            literal / factored,
            forward.ProductUsPerAtom,
            forward.LiteralUsPerAtom,
            Gflops(factored, forward.ProductUsPerAtom),
            Gflops(literal, forward.LiteralUsPerAtom),
            rateShare,
            forward,
            training,
            memory
        );
    }

    private AttentionPass Measure(int atoms, WorkerThreads workers, Func<int, NetworkForm, BenchmarkBatch, double> pass)
    {
        int[] ofProduct = [.. Choices(settings.ProductBatchAtoms, atoms)];
        int[] ofLiteral = [.. Choices(settings.LiteralBatchPairs, atoms * atoms)];
        Dictionary<int, BenchmarkBatch> batches = ofProduct
            .Union(ofLiteral)
            .ToDictionary(count => count, count => BenchmarkBatch.Create(count, atoms, settings.Seed));
        double Run(NetworkForm form, int crystals) => workers.Run(worker => pass(worker, form, batches[crystals]));
        int product = paired.Fastest(ofProduct, crystals => Run(NetworkForm.Product, crystals), cancellation);
        int literal = paired.Fastest(ofLiteral, crystals => Run(NetworkForm.Literal, crystals), cancellation);
        PairedTimes times = paired.Measure(
            () => Run(NetworkForm.Product, product),
            () => Run(NetworkForm.Literal, literal),
            cancellation
        );
        batches.Values.ToList().ForEach(batch => batch.Dispose());
        double ofAtom = 1e6 / atoms;
        return new AttentionPass(
            times.Ratio,
            times.ProductSeconds * ofAtom,
            times.TwinSeconds * ofAtom,
            product,
            literal,
            times
        );
    }

    /// <summary>Operations of the forward pass a second as a share of those of large matrix products, measured in turn.</summary>
    private double RateShare(
        AttentionPass forward,
        double operations,
        int atoms,
        WorkerThreads workers,
        WorkerNetworks networks
    )
    {
        using ProductRate products = new(workers, torch.ScalarType.Float32, settings.ProductSize, ProductsOfRound);
        using BenchmarkBatch batch = BenchmarkBatch.Create(forward.ProductCrystals, atoms, settings.Seed);
        double Evaluate() => operations * workers.Run(worker => networks.Forward(worker, NetworkForm.Product, batch));
        return paired.Measure(Evaluate, products.Round, cancellation).Ratio;
    }

    /// <summary>Crystals a batch, at least one.</summary>
    private static IEnumerable<int> Choices(IReadOnlyList<int> sizes, int ofCrystal) =>
        sizes.Select(size => Math.Max(1, size / ofCrystal)).Distinct();

    private static double Gflops(double multiplyAdds, double microseconds) => 2 * multiplyAdds / microseconds / 1e3;
}
