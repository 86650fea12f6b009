using Kagome.Processes.Wrapping;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Wrapping;

public sealed class WrappedNormalTests
{
    /// <summary>The reference values are printed with eight digits.</summary>
    private const double PrintedDigits = 2e-8;

    /// <summary>Of float64, relative to the largest score 1 / (2σ²).</summary>
    private const double Rounding = 1e-11;

    private const double QuadratureTolerance = 1e-9; // relative
    private const double Float32Slack = 1e-5; // relative

    public static TheoryData<double> Sigmas => [0.005, 0.01, 0.03, 0.1, 0.2, 0.5];

    /// <summary>Reference: a quadrature in double precision by another program, from the sum's definition.</summary>
    [Theory]
    [InlineData(0.10, 0.5, 0.052510617)]
    [InlineData(0.25, 0.5, 0.090375872)]
    [InlineData(0.40, 0.5, 0.053746979)]
    [InlineData(0.10, 0.1, 10)]
    [InlineData(0.45, 0.2, 5.6824965)]
    [InlineData(0.30, 0.3, 2.2484853)]
    [InlineData(-0.30, 0.3, -2.2484853)]
    [InlineData(0.50, 0.2, 0)]
    public void Score_equals_the_reference(double position, double sigma, double expected) =>
        Assert.Equal(
            expected,
            WrappedNormal.Score(position, sigma),
            (PrintedDigits * Math.Abs(expected)) + (Rounding / (sigma * sigma))
        );

    [Theory]
    [MemberData(nameof(Sigmas))]
    public void Score_of_a_tensor_equals_that_of_its_numbers(double sigma)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor positions = Positions();
        Tensor scores = WrappedNormal.Score(positions, tensor(sigma, dtype: ScalarType.Float64));
        double[] expected = [.. Numbers.Of(positions).Select(position => WrappedNormal.Score(position, sigma))];
        Assert.True(Numbers.LargestDifference(tensor(expected), scores) <= Rounding / (sigma * sigma));
    }

    [Fact]
    public void Score_takes_a_sigma_for_each_member()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor positions = tensor(new[] { 0.1, 0.2, -0.4, 0.3 }, [2, 2, 1]);
        Tensor scores = WrappedNormal.Score(positions, tensor(new[] { 0.1, 0.3 }, [2, 1, 1]));
        double[] expected =
        [
            WrappedNormal.Score(0.1, 0.1),
            WrappedNormal.Score(0.2, 0.1),
            WrappedNormal.Score(-0.4, 0.3),
            WrappedNormal.Score(0.3, 0.3),
        ];
        Assert.True(Numbers.LargestDifference(tensor(expected, [2, 2, 1]), scores) <= Rounding * 100);
    }

    [Theory]
    [MemberData(nameof(Sigmas))]
    public void Score_is_odd_and_periodic(double sigma) =>
        // 1024ths are exact, and so are whole numbers added to them
        Gen.Select(Gen.Int[-512, 512], Gen.Int[-20, 20])
            .Sample(
                (part, periods) =>
                {
                    double position = part / 1024.0;
                    double score = WrappedNormal.Score(position, sigma);
                    double tolerance = Rounding / (sigma * sigma);
                    Assert.Equal(-score, WrappedNormal.Score(-position, sigma), tolerance);
                    Assert.Equal(score, WrappedNormal.Score(position + periods, sigma), tolerance);
                }
            );

    [Theory]
    [MemberData(nameof(Sigmas))]
    public void Score_is_minus_the_gradient_of_the_log_density(double sigma)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor positions = Positions().requires_grad_(true);
        Tensor shifted = positions.unsqueeze(-1) + arange(-15, 16, dtype: ScalarType.Float64);
        (shifted.square() / (-2 * sigma * sigma)).logsumexp(-1).sum().backward();
        Tensor scores = WrappedNormal.Score(positions.detach(), tensor(sigma, dtype: ScalarType.Float64));
        Assert.True(Numbers.LargestDifference(-positions.grad!, scores) <= Rounding / (sigma * sigma));
    }

    [Fact]
    public void Score_in_float32_is_finite_and_bounded_everywhere()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor positions = linspace(-2, 2, 4001, dtype: ScalarType.Float32).unsqueeze(0);
        Tensor sigmas = logspace(Math.Log10(0.005), Math.Log10(0.5), 60, dtype: ScalarType.Float32).unsqueeze(1);
        Tensor relative = WrappedNormal.Score(positions, sigmas).abs() * sigmas.square() * 2; // at most 1
        Assert.All(Numbers.Of(relative), value => Assert.InRange(value, 0, 1 + Float32Slack));
    }

    [Theory]
    [MemberData(nameof(Sigmas))]
    public void MeanSquaredScore_equals_a_finer_quadrature_over_the_whole_period(double sigma)
    {
        const int points = 20_000;
        double weights = 0;
        double sum = 0;
        for (int index = 0; index < points; index++)
        {
            double position = ((index + 0.5) / points) - 0.5;
            double weight = Enumerable
                .Range(-10, 21)
                .Sum(image => Math.Exp(-Math.Pow(position + image, 2) / (2 * sigma * sigma)));
            weights += weight;
            sum += weight * Math.Pow(WrappedNormal.Score(position, sigma), 2);
        }

        double expected = sum / weights;
        Assert.Equal(expected, WrappedNormal.MeanSquaredScore(sigma), QuadratureTolerance * expected);
    }

    /// <summary>From -2.5 to 2.5, without the points just beside ±0.5, where rounding of x itself shows at small σ.</summary>
    private static Tensor Positions() => (arange(-160, 161, dtype: ScalarType.Float64) / 64).contiguous();
}
