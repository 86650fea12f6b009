using System.Buffers.Binary;
using System.Xml.Linq;
using Kagome.Evaluation;
using Kagome.Evaluation.Comparisons;
using Kagome.Reports.Plots;

namespace Kagome.Reports.Tests;

public sealed class FigureTests
{
    /// <summary>White paper alone compresses to some 5 kB.</summary>
    private const int LeastBytes = 10_000;

    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [Theory]
    [InlineData(40, 1)]
    [InlineData(40, 3)]
    [InlineData(1, 1)]
    public void Draw_gives_four_plots_that_are_files_of_the_stated_size(int count, int samples)
    {
        IReadOnlyList<CrystalResult> crystals = TestEvaluation.Crystals(count, samples);
        IReadOnlyList<Figure> figures = EvaluationFigures.Draw(
            TestEvaluation.Summary(crystals, samples: samples),
            crystals,
            TestEvaluation.Stol
        );
        Assert.Equal(
            ["match-rate-by-size", "rms-distribution", "volume-parity", "density-parity"],
            figures.Select(figure => figure.Name)
        );
        Assert.All(figures, AssertIsFile);
    }

    [Fact]
    public void Draw_where_nothing_has_a_structure_still_gives_plots()
    {
        IReadOnlyList<CrystalResult> crystals =
        [
            .. TestEvaluation
                .Crystals(3)
                .Select(crystal => new CrystalResult(
                    [crystal.Samples[0] with { Rms = null, VolumePerAtom = null, Density = null }],
                    null
                )),
        ];
        IReadOnlyList<Figure> figures = EvaluationFigures.Draw(
            TestEvaluation.Summary(crystals),
            crystals,
            TestEvaluation.Stol
        );
        Assert.All(figures, figure => Assert.NotEmpty(figure.Png()));
    }

    [Fact]
    public void Draw_an_absurd_volume_does_not_set_the_frame_and_is_told_of()
    {
        IReadOnlyList<CrystalResult> crystals =
        [
            .. TestEvaluation.Crystals(200),
            new CrystalResult(
                [TestEvaluation.Crystals(1)[0].Samples[0] with { Id = "huge", VolumePerAtom = 1e9 }],
                null
            ),
        ];
        Figure volume = EvaluationFigures.Draw(TestEvaluation.Summary(crystals), crystals, TestEvaluation.Stol)[2];
        Assert.InRange(volume.Plot.Axes.GetLimits().Top, 15, 60);
        Assert.Contains("One prediction lies above", volume.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_steps_has_a_tick_for_each_step_count()
    {
        ComparedEvaluation[] evaluations =
        [
            .. new[] { 1000, 20, 100 }.Select(steps => new ComparedEvaluation(
                $"steps-{steps}",
                TestEvaluation.Summary(TestEvaluation.Crystals(30), steps: steps)
            )),
        ];
        Figure figure = Assert.IsType<Figure>(MatchRateByStepsPlot.Draw(evaluations));
        AssertIsFile(figure);
        Assert.Equal(["20", "100", "1000"], figure.Plot.Axes.Bottom.TickGenerator.Ticks.Select(tick => tick.Label));
    }

    [Fact]
    public void Draw_steps_of_other_programs_gives_nothing() =>
        Assert.Null(
            MatchRateByStepsPlot.Draw([
                new ComparedEvaluation("a", TestEvaluation.Summary(TestEvaluation.Crystals(3), steps: null)),
            ])
        );

    private static void AssertIsFile(Figure figure)
    {
        byte[] png = figure.Png();
        Assert.Equal(PngSignature, png[..4]);
        Assert.Equal(figure.PixelWidth, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(figure.PixelHeight, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        Assert.True(png.Length > LeastBytes, $"{figure.Name} has {png.Length} bytes");
        XDocument svg = XDocument.Parse(figure.Svg());
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.Contains(svg.Descendants(), element => element.Name.LocalName == "text");
        Assert.Contains("Liberation Sans", svg.ToString(), StringComparison.Ordinal);
    }
}
