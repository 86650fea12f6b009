using Kagome.Networks;
using Kagome.Training.Data;
using Kagome.Training.Tasks;
using Kagome.Work;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>This process's copies of the network, a thread each, and the parts of a batch that they do.</summary>
internal sealed class NetworkCopies : IDisposable
{
    private readonly BatchSharing sharing;
    private readonly GradientWorker[] copies;
    private readonly WorkerThreads whole; // one thread that takes all cores of the workers, for what is done while they rest

    /// <param name="sharing">How many there are, and what they do.</param>
    /// <param name="create">Makes a network, the same each time.</param>
    /// <param name="objective">What they learn.</param>
    /// <param name="device">Where they are.</param>
    public NetworkCopies(BatchSharing sharing, Func<Crysformer> create, ITrainingObjective objective, Device device)
    {
        this.sharing = sharing;
        Threads = new WorkerThreads(sharing.Copies);
        whole = new WorkerThreads(1, sharing.Copies);
        copies = [.. Enumerable.Range(0, sharing.Copies).Select(_ => new GradientWorker(create(), objective, device))];
    }

    /// <summary>One for each copy.</summary>
    public WorkerThreads Threads { get; }

    public IReadOnlyList<Crysformer> All => [.. copies.Select(copy => copy.Network)];

    public Crysformer First => copies[0].Network;

    /// <summary>Adds the gradients of this process's parts of a batch to the copies.</summary>
    /// <param name="crystals">The set that the batch is of.</param>
    /// <param name="batch">The whole batch.</param>
    /// <param name="seed">The step's; each part draws from a stream of its own.</param>
    /// <returns>The losses of the parts, times their share of the batch.</returns>
    public LossValues Accumulate(TrainingSet crystals, BatchIndices batch, long seed)
    {
        BatchIndices[] parts = batch.Split(sharing.Parts);
        int[][] work =
        [
            .. Enumerable
                .Range(0, copies.Length)
                .Select(copy => sharing.PartsOf(copy, parts.Length).ToArray())
                .TakeWhile(own => own.Length > 0),
        ];
        LossValues Do(int copy, int part)
        {
            double share = (double)parts[part].Crystals.Length / batch.Crystals.Length;
            return copies[copy].Accumulate(crystals, parts[part], share, RandomSeed.Mix(seed, part));
        }

        return Threads
            .Run(
                [.. Enumerable.Range(0, work.Length)],
                (copy, _) => work[copy].Aggregate(default(LossValues), (sum, part) => sum + Do(copy, part))
            )
            .Aggregate(default(LossValues), (sum, own) => sum + own);
    }

    /// <summary>Runs something with all cores of the copies in each operation.</summary>
    public T OnAllCores<T>(Func<T> work) => whole.Run([work], (only, _) => only())[0];

    public void Dispose()
    {
        Threads.Dispose();
        whole.Dispose();
        Array.ForEach(copies, copy => copy.Network.Dispose());
    }
}
