using Kagome.Processes.Diffusion;
using Kagome.Processes.Flow;
using Kagome.Processes.Invariants;
using Kagome.Processes.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Flow;

public sealed class FlowSamplerTests
{
    private const double Rounding = 1e-7;
    private const double Spread = 0.1;
    private const int Many = 1500;

    private static readonly FlowConfiguration Configuration = new() { StepCount = 200 };
    private static readonly FlowProcess Process = new(Configuration);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>However it walks, it ends in the crystal where the denoiser knows it; where that lies as a whole is chance.</summary>
    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(20, 0, false)]
    [InlineData(200, 0, true)]
    [InlineData(33, 10, false)]
    [InlineData(20, 4, true)]
    public void Sample_with_a_denoiser_that_knows_the_crystal_finds_it(int moves, double annealing, bool isSecondOrder)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5, ScalarType.Float64);
        KnownFlow crystal = new(Configuration, noise.Uniform(1, 1, 3), Logarithm(noise));
        FlowSampler sampler = new(Process)
        {
            MoveCount = moves,
            Annealing = annealing,
            Temperature = 1 / (1 + annealing),
            IsSecondOrder = isSecondOrder,
        };
        Tensor pair = cat([crystal.Coordinates, crystal.Coordinates + 0.25], 1);
        KnownFlow two = crystal with { Coordinates = pair };
        ProcessState found = sampler.Sample(two.Answer, 3, [3, 2, 3], members: null, noise, cancellation: Cancellation);
        double[] apart = Numbers.Of(
            found.Coordinates[TensorIndex.Colon, 1] - found.Coordinates[TensorIndex.Colon, 0] - 0.25
        );
        Assert.All(apart, value => Assert.Equal(0, value - Math.Round(value), Rounding));
        Tensor logarithms = LatticeLogarithm.Of(found.Lattices);
        Assert.True(Numbers.LargestDifference(crystal.Logarithm.expand(3, 3, 3), logarithms) <= Rounding);
    }

    /// <summary>A toy distribution: normal to normal, whose exact flow is known.</summary>
    [Theory]
    [InlineData(LatticeUpdate.Ancestral)]
    [InlineData(LatticeUpdate.Deterministic)]
    public void Sample_of_spread_data_has_their_mean_and_spread(LatticeUpdate update)
    {
        (double mean, double spread) = Spreads(new FlowSampler(Process) { LatticeUpdate = update });
        Assert.Equal(0.4, mean, 0.02);
        Assert.Equal(Spread, spread, 0.01);
    }

    [Fact]
    public void Sample_of_low_temperature_is_less_spread_around_the_same_mean()
    {
        (double mean, double spread) = Spreads(new FlowSampler(Process) { Temperature = 0.2 });
        Assert.Equal(0.4, mean, 0.02);
        Assert.InRange(spread, 0, 0.6 * Spread);
    }

    /// <summary>Few moves: the mean of two velocities leads nearer to the exact flow than one.</summary>
    [Fact]
    public void Sample_of_second_order_is_nearer_to_the_exact_flow()
    {
        FlowSampler first = new(Process) { MoveCount = 10, LatticeUpdate = LatticeUpdate.Deterministic };
        double euler = Math.Abs(Spreads(first).Spread - Spread);
        double heun = Math.Abs(Spreads(first with { IsSecondOrder = true }).Spread - Spread);
        Assert.True(heun < euler / 2, $"Heun is off by {heun}, Euler by {euler}.");
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 19)]
    public void Sample_asks_the_denoiser_once_a_move_or_twice_where_it_looks_ahead(bool isSecondOrder, int expected)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5, ScalarType.Float64);
        KnownFlow crystal = new(Configuration, noise.Uniform(1, 2, 3), Logarithm(noise));
        int calls = 0;
        List<int> moves = [];
        new FlowSampler(Process) { MoveCount = 10, IsSecondOrder = isSecondOrder }.Sample(
            (state, times) =>
            {
                calls++;
                return crystal.Answer(state, times);
            },
            1,
            [1, 2, 3],
            members: null,
            noise,
            (move, _) => moves.Add(move),
            Cancellation
        );
        Assert.Equal(expected, calls);
        Assert.Equal(Enumerable.Range(1, 10), moves);
    }

    /// <summary>A network that fails for one member does not take the others with it.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e30)]
    public void Sample_of_a_member_that_is_led_astray_leaves_the_others(double output)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5, ScalarType.Float64);
        KnownFlow crystal = new(Configuration, noise.Uniform(1, 2, 3), Logarithm(noise));
        ProcessState found = new FlowSampler(Process) { MoveCount = 10 }.Sample(
            (state, times) =>
            {
                DenoiserOutput answer = crystal.Answer(state, times);
                Tensor astray = tensor(new[] { output, 0 }).view(2, 1, 1);
                return answer with { Lattices = answer.Lattices + astray };
            },
            2,
            [2, 2, 3],
            members: null,
            noise,
            cancellation: Cancellation
        );
        Tensor sound = LatticeLogarithm.Of(found.Lattices[1..]);
        Assert.True(Numbers.LargestDifference(crystal.Logarithm, sound) <= Rounding);
    }

    [Fact]
    public void Sample_with_the_same_seed_is_the_same()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise draws = new(5, ScalarType.Float64);
        KnownFlow crystal = new(Configuration, draws.Uniform(1, 2, 3), Logarithm(draws)) { Spread = Spread };
        ProcessState Sample(long seed)
        {
            using SeededNoise noise = new(seed, ScalarType.Float64);
            return new FlowSampler(Process) { MoveCount = 10 }.Sample(
                crystal.Answer,
                2,
                [2, 2, 3],
                members: null,
                noise,
                cancellation: Cancellation
            );
        }

        Assert.Equal(Numbers.Of(Sample(1).Lattices), Numbers.Of(Sample(1).Lattices));
        Assert.NotEqual(Numbers.Of(Sample(1).Lattices), Numbers.Of(Sample(2).Lattices));
    }

    /// <summary>A cube with a point at (x, x, x) and one at (-x, -x, -x), by a denoiser that wants neither.</summary>
    [Fact]
    public void Sample_within_spaces_never_leaves_them()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5, ScalarType.Float64);
        double third = Math.Sqrt(1.0 / 3);
        MemberInvariants cubic = new(
            new[,]
            {
                { third, 0, 0, 0, third, 0, 0, 0, third },
            },
            Matrices.Of(9, (to, from) => to % 4 == 0 && from % 4 == 0 ? 1.0 / 3 : 0),
            new double[,]
            {
                { 1 },
                { 1 },
                { 1 },
                { -1 },
                { -1 },
                { -1 },
            },
            new double[,]
            {
                { 1, 0, 0, 0, 0, 0 },
            },
            [0, 0, 0, 0, 0, 0]
        );
        using StateInvariants invariants = new([cubic, null], [2, 2], ScalarType.Float64);
        KnownFlow crystal = new(Configuration, noise.Uniform(1, 2, 3), Logarithm(noise));
        void Check(ProcessState state)
        {
            double[] places = Numbers.Of(state.Coordinates[0]);
            Assert.All(
                places.Select((place, at) => at < 3 ? place - places[0] : place + places[0]),
                difference => Assert.Equal(0, difference - Math.Round(difference), Rounding)
            );
            Tensor cube = state.Lattices[0];
            Assert.True(Numbers.LargestDifference(cube[0, 0] * eye(3, dtype: ScalarType.Float64), cube) <= Rounding);
        }

        ProcessState found = new FlowSampler(Process) { MoveCount = 20 }
            .KeptIn(invariants)
            .Sample(crystal.Answer, 2, [2, 2, 3], members: null, noise, (_, state) => Check(state), Cancellation);
        Check(found);
        Tensor free = LatticeLogarithm.Of(found.Lattices[1..]);
        Assert.True(Numbers.LargestDifference(crystal.Logarithm, free) <= Rounding);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void Sample_with_another_number_of_moves_than_there_are_levels_is_refused(int moves)
    {
        using SeededNoise noise = new(5);
        FlowSampler sampler = new(Process) { MoveCount = moves };
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() =>
            sampler.Sample(
                (_, _) => throw new InvalidOperationException(),
                1,
                [1, 2, 3],
                null,
                noise,
                null,
                Cancellation
            )
        );
        Assert.Contains("1 to 200", thrown.Message, StringComparison.Ordinal);
    }

    private static (double Mean, double Spread) Spreads(FlowSampler sampler)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(6, ScalarType.Float64);
        Tensor mean = eye(3, dtype: ScalarType.Float64).unsqueeze(0) * 0.4;
        KnownFlow data = new(Configuration, zeros(1, 1, 3, dtype: ScalarType.Float64), mean) { Spread = Spread };
        ProcessState found = sampler.Sample(data.Answer, Many, [Many, 1, 3], members: null, noise, null, Cancellation);
        double[] entries = Numbers.Of(LatticeLogarithm.Of(found.Lattices).diagonal(0, 1, 2));
        return (entries.Average(), Math.Sqrt(Numbers.Variance(entries)));
    }

    private static Tensor Logarithm(SeededNoise noise)
    {
        Tensor drawn = 0.3 * noise.Normal(1, 3, 3);
        return drawn + drawn.transpose(1, 2) + (1.5 * eye(3, dtype: ScalarType.Float64));
    }
}
