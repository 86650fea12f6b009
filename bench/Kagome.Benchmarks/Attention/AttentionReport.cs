using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Attention;

/// <summary>What `kagome bench attention` found.</summary>
internal sealed record AttentionReport(IReadOnlyList<AttentionSize> Sizes, BenchmarkMachine Machine) : IBenchmarkReport
{
    public void Write(TextWriter output)
    {
        output.WriteLine($"{Machine}");
        TextTable table = new(
            "atoms",
            "forward",
            "float32",
            "with backward",
            "float32",
            "arithmetic",
            "memory",
            "µs/atom",
            "literal µs/atom",
            "GFLOP/s",
            "of products",
            "batch",
            "literal batch"
        )
        {
            IsRightAligned = true,
        };
        foreach (AttentionSize size in Sizes)
        {
            table.Add(
                $"{size.Atoms}",
                $"{size.ForwardRatio:F2} x",
                $"{size.ForwardRatioFloat32:F2} x",
                $"{size.TrainingRatio:F2} x",
                $"{size.TrainingRatioFloat32:F2} x",
                $"{size.ArithmeticRatio:F2} x",
                size.MemoryRatio is { } memory ? $"1/{1 / memory:F1}" : "not measured",
                $"{size.ProductUsPerAtom:F0}",
                $"{size.LiteralUsPerAtom:F0}",
                $"{size.ProductGflops:F0}",
                $"{size.RateShare:P0}",
                $"{size.Forward.ProductCrystals}",
                $"{size.Forward.LiteralCrystals}"
            );
        }

        table.Write(output);
        output.WriteLine(
            "forward, with backward: how many times faster than the literal network; arithmetic: its multiply-adds in ours; memory: ours in its, beyond weights."
        );
    }
}
