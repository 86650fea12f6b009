using Kagome.Benchmarks.Measuring;
using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Matching;

/// <summary>What `kagome bench matching` found.</summary>
/// <param name="Pairs">Compared.</param>
/// <param name="Matches">Of these, in either way.</param>
/// <param name="Ratio">How many times faster it is to reduce each crystal once than anew for each pair, on one core.</param>
/// <param name="PairsPerSecond">Crystals reduced once, on one core.</param>
/// <param name="PairsPerSecondAllCores">Likewise, on all cores.</param>
/// <param name="TwinPairsPerSecond">Both crystals reduced for each pair, on one core.</param>
/// <param name="Times">In seconds a pair.</param>
internal sealed record MatchingReport(
    int Pairs,
    int Matches,
    double Ratio,
    double PairsPerSecond,
    double PairsPerSecondAllCores,
    double TwinPairsPerSecond,
    PairedTimes Times
) : IBenchmarkReport
{
    public void Write(TextWriter output)
    {
        TextTable table = new();
        table.Add("matching", $"{PairsPerSecond:F0} pairs/s on one core, {PairsPerSecondAllCores:F0} on all");
        table.Add(
            "against reducing both crystals of each pair",
            $"{Ratio:F2} x faster ({Times.SmallestRatio:F2} to {Times.LargestRatio:F2}) than {TwinPairsPerSecond:F0} pairs/s"
        );
        table.Add("verdicts", $"{Matches} of {Pairs} pairs match, the same in either way");
        table.Write(output);
    }
}
