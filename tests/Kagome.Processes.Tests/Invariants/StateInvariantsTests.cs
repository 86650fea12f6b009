using Kagome.Processes.Diffusion;
using Kagome.Processes.Invariants;
using Kagome.Processes.Noise;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Invariants;

/// <summary>Of a member with two points at (x, 2 x, 1/4) and (-x, -2 x, 1/2), and a matrix that is a multiple of one.</summary>
public sealed class StateInvariantsTests
{
    private const double Rounding = 1e-12;
    private const double SinglePrecision = 1e-6;

    private static readonly double[] Directions = [1, 2, 0, -1, -2, 0];
    private static readonly double[] Offsets = [0, 0, 0.25, 0, 0, 0.5];

    private static readonly MemberInvariants Pair = new(
        new[,]
        {
            { Math.Sqrt(1.0 / 3), 0, 0, 0, Math.Sqrt(1.0 / 3), 0, 0, 0, Math.Sqrt(1.0 / 3) },
        },
        Matrices.Of(9, (to, from) => to % 4 == 0 && from % 4 == 0 ? 1.0 / 3 : 0),
        new double[,]
        {
            { 1 },
            { 2 },
            { 0 },
            { -1 },
            { -2 },
            { 0 },
        },
        new double[,]
        {
            { 1, 0, 0, 0, 0, 0 },
        },
        Offsets
    );

    private static readonly MemberInvariants Immovable = new(
        new[,]
        {
            { 1.0, 0, 0, 0, 0, 0, 0, 0, 0 },
        },
        Matrices.Of(9, (to, from) => to == from ? 1 : 0),
        new double[3, 0],
        new double[0, 3],
        [0.5, 0.25, 0]
    );

    private static readonly DiffusionProcess Process = new(
        NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = 20 })
    );

    [Fact]
    public void Constrain_moves_along_the_directions_as_far_as_the_move_goes()
    {
        using DisposeScope scope = NewDisposeScope();
        using StateInvariants invariants = new([Pair], [2], ScalarType.Float64);
        ProcessState start = State([0.3, 0.6, 0.25, 0.7, 0.4, 0.5]);
        double[] move = [0.05, 0.01, 0.2, 0.03, -0.02, 0.4];
        ProcessState to = invariants.Constrain(
            start,
            start with
            {
                Coordinates = start.Coordinates + tensor(move).view(2, 3),
            }
        );
        double along = move.Zip(Directions, (step, direction) => step * direction).Sum() / 10;
        double[] expected = [.. Offsets.Zip(Directions, (offset, direction) => offset + ((0.3 + along) * direction))];
        Assert.All(
            Numbers.Of(to.Coordinates).Zip(expected),
            pair => Assert.Equal(0, pair.First - pair.Second - Math.Round(pair.First - pair.Second), Rounding)
        );
    }

    [Fact]
    public void Constrain_of_what_is_constrained_changes_nothing()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(4, ScalarType.Float64);
        using StateInvariants invariants = new([Immovable, Pair], [1, 2], ScalarType.Float64);
        ProcessState once = invariants.Constrain(new ProcessState(noise.Uniform(3, 3), noise.Normal(2, 3, 3)));
        ProcessState twice = invariants.Constrain(once);
        Assert.True(Numbers.LargestDifference(once.Coordinates, twice.Coordinates) <= Rounding);
        Assert.True(Numbers.LargestDifference(once.Lattices, twice.Lattices) <= Rounding);
        Assert.Equal([0.5, 0.25, 0], Numbers.Of(once.Coordinates[0]));
    }

    /// <summary>A part of standard normal noise stays standard normal in the directions that are left.</summary>
    [Fact]
    public void Constrain_leaves_the_size_of_noise_along_the_space()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(4, ScalarType.Float64);
        const int count = 4000;
        using StateInvariants invariants = new(
            [.. Enumerable.Repeat(Pair, count)],
            [.. Enumerable.Repeat(2, count)],
            ScalarType.Float64
        );
        ProcessState state = new(noise.Uniform(2 * count, 3), noise.Normal(count, 3, 3));
        Tensor lattices = invariants.Constrain(state).Lattices;
        Assert.Equal(1.0 / 3, Numbers.Variance(Numbers.Of(lattices[TensorIndex.Colon, 0, 0])), 0.03);
        Assert.Equal(0, Numbers.Of(lattices[TensorIndex.Colon, 0, 1]).Max());
    }

    [Fact]
    public void Sample_keeps_constrained_members_in_their_spaces_and_leaves_others_as_they_are_to_the_last_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        ProcessState free = Sample(null);
        using StateInvariants invariants = new([null, Pair, null, Immovable], [3, 2, 1, 1]);
        ProcessState kept = Sample(invariants);
        Assert.Equal(Numbers.Of(free.Coordinates[..3]), Numbers.Of(kept.Coordinates[..3]));
        Assert.Equal(Numbers.Of(free.Coordinates[5]), Numbers.Of(kept.Coordinates[5]));
        Assert.Equal(Numbers.Of(free.Lattices[0]), Numbers.Of(kept.Lattices[0]));
        Assert.Equal(Numbers.Of(free.Lattices[2]), Numbers.Of(kept.Lattices[2]));
        double[] pair = Numbers.Of(kept.Coordinates[3..5]);
        double[] differences =
        [
            pair[1] - (2 * pair[0]),
            pair[2] - 0.25,
            pair[3] + pair[0],
            pair[4] + (2 * pair[0]),
            pair[5] - 0.5,
        ];
        Assert.All(differences, value => Assert.Equal(0, value - Math.Round(value), SinglePrecision));
        Assert.Equal([0.5, 0.25, 0], Numbers.Of(kept.Coordinates[6]));
        double[] lattice = Numbers.Of(kept.Lattices[1]);
        Assert.Equal(lattice[0], lattice[4], SinglePrecision);
        Assert.Equal([0, 0, 0], lattice[1..4]);
        Assert.All(Numbers.Of(kept.Coordinates), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Sample_leaves_no_tensors() =>
        NoTensorLeaks.During(() =>
        {
            using StateInvariants invariants = new([null, Pair, null, Immovable], [3, 2, 1, 1]);
            ProcessState state = Sample(invariants);
            state.Coordinates.Dispose();
            state.Lattices.Dispose();
        });

    [Fact]
    public void Invariants_of_another_number_of_points_are_refused()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => new StateInvariants([null, Pair], [2, 3]));
        Assert.StartsWith("Member 1 has 3 points, and invariants of 2.", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new StateInvariants([null], [2]));
    }

    /// <summary>However the lattices are turned: those of a space whose third axis stands upright on two others.</summary>
    [Fact]
    public void ConstrainMetrics_leaves_those_of_the_spaces_lattices_and_brings_others_among_them()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(4, ScalarType.Float64);
        MemberInvariants upright = Immovable with
        {
            MetricMean = Matrices.Of(9, (to, from) => to == from && to is not (2 or 5 or 6 or 7) ? 1 : 0),
        };
        using StateInvariants invariants = new([upright], [1], ScalarType.Float64);
        Tensor lattice = tensor(new[] { 3.0, 0, 0, 1, 4, 0, 0, 0, 5 }).view(1, 3, 3);
        Tensor metric = lattice.matmul(lattice.transpose(1, 2));
        Assert.True(Numbers.LargestDifference(metric, invariants.ConstrainMetrics(metric)) <= Rounding);
        Tensor any = noise.Normal(1, 3, 3);
        Tensor found = invariants.ConstrainMetrics(any.matmul(any.transpose(1, 2)));
        Assert.Equal(0, found[0, 0, 2].ToDouble(), Rounding);
        Assert.Equal(0, found[0, 2, 1].ToDouble(), Rounding);
        Assert.Equal(any[0, 0].dot(any[0, 1]).ToDouble(), found[0, 0, 1].ToDouble(), Rounding);
        Assert.Equal(any[0, 2].dot(any[0, 2]).ToDouble(), found[0, 2, 2].ToDouble(), Rounding);
    }

    /// <summary>A walk of members of 3, 2, 1 and 1 points with a denoiser that knows nothing of their spaces.</summary>
    private static ProcessState Sample(StateInvariants? invariants)
    {
        using MemberNoise noise = new([1, 2, 3, 4], points: [3, 2, 1, 1]);
        return new PredictorCorrector(Process) { MoveCount = 10 }
            .KeptIn(invariants)
            .Sample(
                (state, _) =>
                    new DenoiserOutput(
                        (6.28 * state.Coordinates).sin() + 0.3,
                        (0.5 * state.Lattices) + (0.1 * state.Lattices.transpose(1, 2)) - 1
                    ),
                4,
                [7, 3],
                members: null,
                noise,
                cancellation: TestContext.Current.CancellationToken
            );
    }

    private static ProcessState State(double[] coordinates) =>
        new(tensor(coordinates).view(-1, 3), eye(3, dtype: ScalarType.Float64).unsqueeze(0));
}
