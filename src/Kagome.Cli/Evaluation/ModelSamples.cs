using System.IO.Hashing;
using System.Text;
using Kagome.Evaluation.Scoring;
using Kagome.Sampling.Generation;
using TorchSharp;

namespace Kagome.Cli.Evaluation;

/// <summary>Samples of a model, for the composition of each reference's cell.</summary>
/// <remarks>
/// Batches run side by side, each on one thread. A structure depends on its own seed, made from --seed, the crystal's name and the
/// number of the sample, and, by rounding, on the rest of its batch; never on the number of cores or on what was done before.
/// </remarks>
internal sealed class ModelSamples(
    CrystalGenerator generator,
    EvaluateSettings settings,
    IReadOnlyList<ReferenceCrystal> crystals
) : ISampleSource
{
    public const int DefaultSamples = 1;

    public IReadOnlyList<SampleBatch> Batches { get; } =
        SamplePlan.Batches(crystals, settings.Samples ?? DefaultSamples);

    public long Work(SampleBatch batch) => batch.Atoms * settings.Sampler.Steps;

    public IReadOnlyList<GeneratedCrystal> Sample(
        SampleBatch batch,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        torch.set_num_threads(1);
        return generator.Generate(
            [.. batch.Keys.Select(key => new SeededCell(key.Reference.Structure.Composition, Seed(key)))],
            (_, _) => advance(batch.Atoms),
            cancellation
        );
    }

    private long Seed(SampleKey key) =>
        (long)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{settings.Seed}/{key.Reference.Id}/{key.Sample}")) >> 1);
}
