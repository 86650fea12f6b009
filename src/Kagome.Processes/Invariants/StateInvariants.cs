using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Invariants;

/// <summary>Keeps some members of a batch in the spaces where they have to stay; the others it does not touch.</summary>
/// <remarks>
/// <para>
/// Moves are projected orthogonally: then normal noise stays normal noise, of as many dimensions as are free, and a score becomes that of the
/// density on the space. The points are made anew from their parameters after each move, so that rounding does not add up.
/// </para>
/// <para>The members' matrices are filled up with zeros to those of the largest, so that one product serves all.</para>
/// </remarks>
public sealed class StateInvariants : IDisposable
{
    private readonly Tensor members; // [constrained], int64: which of the batch
    private readonly Tensor latticeProjectors; // [constrained, 9, 9]
    private readonly Tensor metricMeans; // [constrained, 9, 9]
    private readonly Tensor gathered; // [constrained · largest], int64: a point of the batch for each place; of the same member where there is none
    private readonly Tensor points; // [points of constrained members], int64: which of the batch
    private readonly Tensor places; // [points of constrained members], int64: where they are among the gathered
    private readonly Tensor moveProjectors; // [constrained, 3 largest, 3 largest]
    private readonly Tensor makers; // [constrained, 3 largest, 3 largest]: directions · parameters
    private readonly Tensor offsets; // [constrained, 3 largest, 1]

    /// <param name="members">Of the batch in its order; null for those that are free.</param>
    /// <param name="pointCounts">Of all members.</param>
    /// <param name="type">Of the states.</param>
    /// <param name="device">Of the states.</param>
    /// <exception cref="ArgumentException">A member has another number of points than its invariants, or none is constrained.</exception>
    public StateInvariants(
        IReadOnlyList<MemberInvariants?> members,
        IReadOnlyList<int> pointCounts,
        ScalarType type = ScalarType.Float32,
        Device? device = null
    )
    {
        (int Member, MemberInvariants Invariants)[] constrained =
        [
            .. members
                .Select((invariants, member) => (member, invariants))
                .Where(pair => pair.invariants is not null)
                .Select(pair => (pair.member, pair.invariants!)),
        ];
        if (constrained.Length == 0)
        {
            throw new ArgumentException("No member is constrained; expected one at least.", nameof(members));
        }

        foreach ((int member, MemberInvariants invariants) in constrained)
        {
            if (invariants.PointCount != pointCounts[member])
            {
                throw new ArgumentException(
                    $"Member {member} has {pointCounts[member]} points, and invariants of {invariants.PointCount}.",
                    nameof(members)
                );
            }
        }

        using DisposeScope scope = NewDisposeScope();
        int largest = constrained.Max(pair => pair.Invariants.PointCount);
        int[] starts = [0, .. pointCounts];
        for (int at = 1; at < starts.Length; at++)
        {
            starts[at] += starts[at - 1];
        }

        Tensor Place(Tensor made) => made.to(device ?? CPU).DetachFromDisposeScope();
        Tensor Numbers(IEnumerable<long> numbers) => Place(tensor([.. numbers]));
        Tensor Stack(Func<MemberInvariants, Tensor> make) =>
            Place(stack([.. constrained.Select(pair => make(pair.Invariants))]).to(type));
        this.members = Numbers(constrained.Select(pair => (long)pair.Member));
        gathered = Numbers(
            constrained.SelectMany(pair =>
                Enumerable
                    .Range(0, largest)
                    .Select(place => (long)starts[pair.Member] + (place < pair.Invariants.PointCount ? place : 0))
            )
        );
        points = Numbers(
            constrained.SelectMany(pair =>
                Enumerable.Range(starts[pair.Member], pair.Invariants.PointCount).Select(point => (long)point)
            )
        );
        places = Numbers(
            constrained.SelectMany(
                (pair, at) => Enumerable.Range(at * largest, pair.Invariants.PointCount).Select(place => (long)place)
            )
        );
        latticeProjectors = Stack(invariants =>
        {
            Tensor basis = tensor(invariants.LatticeBasis);
            return basis.t().matmul(basis);
        });
        metricMeans = Stack(invariants => tensor(invariants.MetricMean));
        moveProjectors = Stack(invariants => Filled(MoveProjector(invariants), largest));
        makers = Stack(invariants =>
            Filled(tensor(invariants.Directions).matmul(tensor(invariants.Parameters)), largest)
        );
        offsets = Stack(invariants =>
        {
            Tensor filled = zeros(3 * largest, 1, dtype: ScalarType.Float64);
            filled[..invariants.Offsets.Length, 0] = tensor(invariants.Offsets);
            return filled;
        });
    }

    /// <summary>A state that is nearest to the given one in its lattices, and has its parameters.</summary>
    /// <remarks>Uniform coordinates become uniform parameters.</remarks>
    public ProcessState Constrain(ProcessState state) =>
        new(Coordinates: Remake(state.Coordinates), Lattices: Project(latticeProjectors, state.Lattices));

    /// <summary>The move from one state to another, as far as it leads within the spaces.</summary>
    /// <param name="from">In the spaces.</param>
    /// <param name="to">Not wrapped since, so that the difference of coordinates is the move.</param>
    public ProcessState Constrain(ProcessState from, ProcessState to) =>
        new(
            Coordinates: Constrain(from.Coordinates, to.Coordinates),
            Lattices: Project(latticeProjectors, to.Lattices)
        );

    /// <summary>The move from some coordinates to others, as far as it leads within the spaces.</summary>
    /// <param name="from">In the spaces.</param>
    /// <param name="to">Not wrapped since, so that the difference is the move.</param>
    public Tensor Constrain(Tensor from, Tensor to)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor moves = Transform(moveProjectors, Gather(to) - Gather(from));
        return Scatter(to, Made(Gather(from) + moves)).MoveToOuterDisposeScope();
    }

    /// <summary>Metrics L Lᵀ that lattices in the spaces have, from any metrics: for lattices that are turned in any way.</summary>
    /// <param name="metrics">[batch, 3, 3]</param>
    /// <returns>Positive where the metrics are.</returns>
    public Tensor ConstrainMetrics(Tensor metrics) => Project(metricMeans, metrics);

    /// <summary>Coordinates of the parameters that given ones have.</summary>
    /// <remarks>Uniform coordinates become uniform parameters.</remarks>
    public Tensor Remake(Tensor coordinates)
    {
        using DisposeScope scope = NewDisposeScope();
        return Scatter(coordinates, Made(Gather(coordinates))).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the matrices.</summary>
    public void Dispose()
    {
        foreach (
            Tensor tensor in new[]
            {
                members,
                latticeProjectors,
                metricMeans,
                gathered,
                points,
                places,
                moveProjectors,
                makers,
                offsets,
            }
        )
        {
            tensor.Dispose();
        }
    }

    private Tensor Project(Tensor projectors, Tensor matrices)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor columns = matrices.index_select(0, members).view(-1, 9, 1);
        return matrices.index_copy(0, members, projectors.bmm(columns).view(-1, 3, 3)).MoveToOuterDisposeScope();
    }

    /// <summary>Coordinates of the parameters that given ones have.</summary>
    private Tensor Made(Tensor columns) => Transform(makers, columns - offsets) + offsets;

    /// <returns>[constrained, 3 largest, 1]</returns>
    private Tensor Gather(Tensor coordinates) =>
        coordinates.view(-1, 3).index_select(0, gathered).view(members.shape[0], -1, 1);

    private static Tensor Transform(Tensor matrices, Tensor columns) => matrices.bmm(columns);

    private Tensor Scatter(Tensor coordinates, Tensor columns) =>
        coordinates
            .view(-1, 3)
            .index_copy(0, points, columns.view(-1, 3).index_select(0, places))
            .view(coordinates.shape);

    /// <summary>B (Bᵀ B)⁻¹ Bᵀ for the directions B.</summary>
    private static Tensor MoveProjector(MemberInvariants invariants)
    {
        Tensor directions = tensor(invariants.Directions);
        return directions.shape[1] == 0
            ? directions.matmul(directions.t())
            : directions.matmul(linalg.solve(directions.t().matmul(directions), directions.t()));
    }

    private static Tensor Filled(Tensor matrix, int largest)
    {
        Tensor filled = zeros(3 * largest, 3 * largest, dtype: ScalarType.Float64);
        filled[..(int)matrix.shape[0], ..(int)matrix.shape[1]] = matrix;
        return filled;
    }
}
