using Kagome.Processes.Flow;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Flow;

public sealed class FlowProcessTests
{
    private const double Rounding = 1e-9;

    private static readonly FlowConfiguration Configuration = new() { StepCount = 100 };
    private static readonly FlowProcess Process = new(Configuration);

    /// <summary>By hand: edges along the axes go geometrically from the data's to the noise's, coordinates straight along the nearest way.</summary>
    [Fact]
    public void Between_of_a_right_angled_cell_is_what_one_computes_by_hand()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor lattice = diag(tensor(new[] { 3.0, 4, 5 })).unsqueeze(0);
        Tensor coordinates = tensor(new[] { 0.1, 0.2, 0.9, 0.5, 0.5, 0.5 }).view(1, 2, 3);
        Tensor noise = tensor(new[] { 0.9, 0.3, 0.2, 0.75, 0.5, 0.25 }).view(1, 2, 3);
        Tensor latticeNoise = diag(tensor(new[] { 1.0, 0, -1 })).unsqueeze(0);
        FlowDraw draw = Process.Between(
            new ProcessState(coordinates, lattice),
            tensor(new long[] { 25 }),
            latticeNoise,
            noise
        );
        double edge = Math.Cbrt(2 * Configuration.VolumePerPoint);
        double[] ends = [edge * Math.Exp(0.3), edge, edge * Math.Exp(-0.3)];
        double[] expected = [.. ends.Select((end, axis) => Math.Pow(3 + axis, 0.75) * Math.Pow(end, 0.25))];
        Assert.Equal(expected, Numbers.Of(draw.State.Lattices.diagonal(0, 1, 2)), (x, y) => Math.Abs(x - y) < Rounding);
        double[] ways = [-0.2, 0.1, 0.3, 0.25, 0, -0.25];
        double[] places = [0.05, 0.225, 0.975, 0.5625, 0.5, 0.4375];
        Assert.Equal(places, Numbers.Of(draw.State.Coordinates), (x, y) => Math.Abs(x - y) < Rounding);
        double[] centred = [.. ways.Select((way, at) => way - ((ways[at % 3] + ways[(at % 3) + 3]) / 2))];
        Assert.Equal(centred, Numbers.Of(draw.CoordinateTarget), (x, y) => Math.Abs(x - y) < Rounding);
    }

    [Fact]
    public void Between_at_the_last_time_is_noise_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise draws = new(2, ScalarType.Float64);
        Tensor noise = draws.Uniform(3, 4, 3);
        Tensor latticeNoise = draws.Normal(3, 3, 3);
        FlowDraw draw = Process.Between(Clean(draws), full([3], 100, ScalarType.Int64), latticeNoise, noise);
        Assert.True(Numbers.LargestDifference(noise, draw.State.Coordinates) <= Rounding);
        Assert.True(
            Numbers.LargestDifference(
                Process.Logarithms(latticeNoise, [3, 4, 3], members: null),
                LatticeLogarithm.Of(draw.State.Lattices)
            ) <= Rounding
        );
    }

    /// <summary>Members of several sizes in one column are as each by itself.</summary>
    [Fact]
    public void Loss_of_members_of_any_sizes_is_the_mean_over_all_points()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise draws = new(2, ScalarType.Float64);
        ProcessState clean = Clean(draws);
        Tensor members = arange(3, dtype: ScalarType.Int64).repeat_interleave(4);
        ProcessState column = clean with { Coordinates = clean.Coordinates.view(12, 3) };
        static DenoiserOutput Guess(ProcessState state, Tensor times) =>
            new(state.Coordinates.sin(), state.Lattices * times.view(-1, 1, 1) / 1000);
        using SeededNoise one = new(8, ScalarType.Float64);
        using SeededNoise other = new(8, ScalarType.Float64);
        TrainingLosses padded = Process.Loss(Guess, clean, one);
        TrainingLosses ragged = Process.Loss(Guess, column, other, members);
        Assert.Equal(padded.Lattice.ToDouble(), ragged.Lattice.ToDouble(), Rounding);
        Assert.Equal(padded.Coordinates.ToDouble(), ragged.Coordinates.ToDouble(), Rounding);
        Assert.True(padded.Coordinates.ToDouble() > 0.1);
    }

    [Fact]
    public void Loss_of_the_exact_velocity_is_nothing()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise draws = new(2, ScalarType.Float64);
        ProcessState clean = Clean(draws);
        KnownFlow known = new(Configuration, clean.Coordinates, LatticeLogarithm.Of(clean.Lattices));
        TrainingLosses losses = Process.Loss(known.Answer, clean, draws);
        Assert.Equal(0, losses.Lattice.ToDouble(), Rounding);
        Assert.Equal(0, losses.Coordinates.ToDouble(), Rounding);
    }

    /// <summary>Where the crystal lies, and how it is turned, is nobody's business.</summary>
    [Fact]
    public void Loss_does_not_see_a_drift_of_all_points_nor_a_turn()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise draws = new(2, ScalarType.Float64);
        ProcessState clean = Clean(draws);
        (Tensor turns, Tensor _) = linalg.qr(draws.Normal(3, 3, 3));
        double[] Losses(double drift, Tensor lattices)
        {
            using SeededNoise noise = new(8, ScalarType.Float64);
            TrainingLosses losses = Process.Loss(
                (state, _) => new DenoiserOutput(state.Coordinates.cos() + drift, state.Lattices),
                clean with
                {
                    Lattices = lattices,
                },
                noise
            );
            return [losses.Lattice.ToDouble(), losses.Coordinates.ToDouble()];
        }

        Assert.Equal(
            Losses(0, clean.Lattices),
            Losses(3, clean.Lattices.matmul(turns)),
            (x, y) => Math.Abs(x - y) < Rounding
        );
    }

    [Fact]
    public void Logarithms_are_spread_as_the_configuration_says_around_the_usual_volume()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise draws = new(2, ScalarType.Float64);
        Tensor logarithms = Process.Logarithms(draws.Normal(4000, 3, 3), [4000, 5, 3], members: null);
        double[] diagonal = Numbers.Of(logarithms[TensorIndex.Colon, 1, 1]);
        Assert.Equal(Math.Log(5 * Configuration.VolumePerPoint) / 3, diagonal.Average(), 0.02);
        Assert.Equal(0.3, Math.Sqrt(Numbers.Variance(diagonal)), 0.02);
        Assert.Equal(
            0.3 / Math.Sqrt(2),
            Math.Sqrt(Numbers.Variance(Numbers.Of(logarithms[TensorIndex.Colon, 0, 2]))),
            0.02
        );
    }

    private static ProcessState Clean(SeededNoise draws) =>
        new(draws.Uniform(3, 4, 3), (5 * eye(3, dtype: ScalarType.Float64)) + draws.Normal(3, 3, 3));
}
