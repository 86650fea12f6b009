using Kagome.Sampling.Generation;

namespace Kagome.Cli.Evaluation;

/// <summary>Where the structures to be scored come from.</summary>
internal interface ISampleSource
{
    /// <summary>All structures to be scored.</summary>
    IReadOnlyList<SampleBatch> Batches { get; }

    /// <summary>Units of work of a batch, as <see cref="Sample"/> reports them.</summary>
    long Work(SampleBatch batch);

    /// <summary>The structures of a batch, in the order of its keys; called from several threads.</summary>
    IReadOnlyList<GeneratedCrystal> Sample(SampleBatch batch, Action<long> advance, CancellationToken cancellation);
}
