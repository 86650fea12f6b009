using Kagome.Benchmarks.Measuring;
using Kagome.Cli.Views;
using Kagome.Networks.Layers;

namespace Kagome.Benchmarks.Training;

/// <summary>What `kagome bench training` found.</summary>
/// <param name="Recipe">Whose network, batches and optimizer they are; the diffusion losses only.</param>
/// <param name="Precision">Of the large products.</param>
/// <param name="Ratio">How many times faster whole steps are than the gradients alone of the literal form.</param>
/// <param name="CrystalsPerSecond">In whole steps.</param>
/// <param name="LiteralCrystalsPerSecond">Gradients only.</param>
/// <param name="StepSeconds">Of a whole step, on average over the sizes.</param>
/// <param name="OptimizerShare">Of a step: gradients gathered and clipped, Adam, weights given to the workers, the average.</param>
/// <param name="Growth">Of memory while training.</param>
/// <param name="Times">In seconds a crystal.</param>
internal sealed record TrainingReport(
    string Recipe,
    ProductPrecision Precision,
    double Ratio,
    double CrystalsPerSecond,
    double LiteralCrystalsPerSecond,
    double StepSeconds,
    double OptimizerShare,
    MemoryGrowth Growth,
    PairedTimes Times
) : IBenchmarkReport
{
    public void Write(TextWriter output)
    {
        TextTable table = new();
        table.Add($"training by {Recipe}", $"{CrystalsPerSecond:F0} crystals/s, products at {Precision}");
        table.Add(
            "against the literal network",
            $"{Ratio:F2} x faster ({Times.SmallestRatio:F2} to {Times.LargestRatio:F2}) than its gradients alone, {LiteralCrystalsPerSecond:F1} crystals/s"
        );
        table.Add("a step", $"{1e3 * StepSeconds:F0} ms, {OptimizerShare:P0} of it the optimizer");
        table.Add("memory", $"{Growth}");
        table.Write(output);
    }
}
