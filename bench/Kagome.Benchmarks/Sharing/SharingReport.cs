using Kagome.Benchmarks.Measuring;
using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Sharing;

/// <summary>What `kagome bench sharing` found.</summary>
/// <param name="Callers">That shared a predictor.</param>
/// <param name="Ratio">How many times faster they were together than one after another.</param>
/// <param name="PredictionsPerSecond">Of all together.</param>
/// <param name="TwinPredictionsPerSecond">Of one caller after another.</param>
/// <param name="Memory">Over many predictions of callers at once.</param>
/// <param name="Times">In seconds a prediction.</param>
internal sealed record SharingReport(
    int Callers,
    double Ratio,
    double PredictionsPerSecond,
    double TwinPredictionsPerSecond,
    MemoryGrowth Memory,
    PairedTimes Times
) : IBenchmarkReport
{
    public void Write(TextWriter output)
    {
        TextTable table = new();
        table.Add($"sharing, {Callers} callers at once", $"{PredictionsPerSecond:F1} predictions/s");
        table.Add(
            "against one after another",
            $"{Ratio:F2} x faster ({Times.SmallestRatio:F2} to {Times.LargestRatio:F2}) than {TwinPredictionsPerSecond:F1} predictions/s, the same structures"
        );
        table.Add("memory", $"{Memory}");
        table.Write(output);
    }
}
