using Kagome.Processes.Diffusion;
using Kagome.Processes.Invariants;
using Kagome.Processes.Noise;
using Kagome.Processes.Sampling;
using Kagome.Processes.Wrapping;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Flow;

/// <summary>Follows a learned velocity from noise to data.</summary>
/// <remarks>
/// <para>
/// A velocity v at the share s of the noise says where the data K - s v and the noise K + (1 - s) v lie. Coordinates go a part of the way to the data: as far as
/// the velocity leads (Euler), or further the nearer the data is, though never past it. That is velocity anti-annealing, which makes likely structures likelier.
/// </para>
/// <para>
/// Lattices go to the place between data and noise that belongs to the next share. Of the noise a part is drawn anew, as in DDPM, so that it can be colder than
/// what was learned; annealing their velocity would lead beyond the data instead, since their noise has a middle.
/// </para>
/// </remarks>
/// <param name="Process">That the denoiser was trained with.</param>
public sealed record FlowSampler(FlowProcess Process) : ISampler
{
    private const double LargestLogarithm = 8; // no cell is 3,000 Å long

    /// <inheritdoc/>
    public int MoveCount { get; init; } = Process.StepCount;

    /// <summary>a: coordinates go 1 + a (1 - s) times as far as their velocity leads; 0 samples what was learned.</summary>
    public double Annealing { get; init; }

    /// <summary>How lattices move.</summary>
    public LatticeUpdate LatticeUpdate { get; init; } = LatticeUpdate.Ancestral;

    /// <summary>Multiplies the variance of the noise that lattices get anew; 1 samples what was learned.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Whether each move but the last looks where it would lead and takes the mean of both velocities (Heun): two calls in place of one.</summary>
    public bool IsSecondOrder { get; init; }

    /// <summary>Where members have to stay; null where all are free. It has the batch's members, type and device.</summary>
    public StateInvariants? Invariants { get; init; }

    /// <inheritdoc/>
    public ISampler KeptIn(StateInvariants? invariants) => this with { Invariants = invariants };

    /// <inheritdoc/>
    public ProcessState Sample(
        Denoiser denoiser,
        long batch,
        long[] coordinateShape,
        Tensor? members,
        INoiseSource noise,
        Action<int, ProcessState>? observe = null,
        CancellationToken cancellation = default
    )
    {
        if (MoveCount < 1 || MoveCount > Process.StepCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MoveCount),
                MoveCount,
                $"Step count is {MoveCount}; expected 1 to {Process.StepCount}, the noise levels of this model."
            );
        }

        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor latticeNoise = noise.Normal(batch, 3, 3);
        Tensor centres = Process.Centres(latticeNoise, coordinateShape, members);
        Place place = Start(noise.Uniform(coordinateShape), centres + Process.Spread(latticeNoise));

        ProcessState Velocity(Place at, int time)
        {
            ProcessState state = at.State();
            Tensor times = full([batch], time, dtype: ScalarType.Int64, device: state.Lattices.device);
            return FlowProcess.Velocity(denoiser(state, times), at.Logarithms, members);
        }

        foreach (FlowMove move in FlowMove.Walk(Process.StepCount, MoveCount))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope moveScope = NewDisposeScope();
            ProcessState velocity = Velocity(place, move.FromTime);
            if (IsSecondOrder && move.ToTime > 0)
            {
                ProcessState there = Velocity(Move(place, velocity, move, centres, noise: null), move.ToTime);
                velocity = new ProcessState(
                    (velocity.Coordinates + there.Coordinates) / 2,
                    (velocity.Lattices + there.Lattices) / 2
                );
            }

            bool isNoisy = LatticeUpdate == LatticeUpdate.Ancestral && move.ToTime > 0;
            Place next = Move(place, velocity, move, centres, isNoisy ? noise : null);
            observe?.Invoke(move.Number, next.State());
            place.Dispose();
            place = next.Keep();
        }

        ProcessState found = place.State();
        return new ProcessState(found.Coordinates.MoveToOuterDisposeScope(), found.Lattices.MoveToOuterDisposeScope());
    }

    private Place Start(Tensor coordinates, Tensor logarithms) =>
        new(Invariants is null ? coordinates : Torus.Wrap(Invariants.Remake(coordinates)), Constrain(logarithms));

    /// <param name="place">Where the move begins.</param>
    /// <param name="velocity">From data to noise.</param>
    /// <param name="move">Between which shares of the noise.</param>
    /// <param name="centres">The middle of the lattices' noise.</param>
    /// <param name="noise">Draws the part of the lattices' noise that is new; null to keep what the velocity says.</param>
    private Place Move(Place place, ProcessState velocity, FlowMove move, Tensor centres, INoiseSource? noise)
    {
        double length = move.From * Math.Min(1, (1 + (Annealing * (1 - move.From))) * move.Part);
        Tensor moved = place.Coordinates - (length * velocity.Coordinates);
        Tensor data = place.Logarithms - (move.From * velocity.Lattices);
        Tensor spread = place.Logarithms + ((1 - move.From) * velocity.Lattices) - centres;
        if (noise is not null)
        {
            Tensor drawn = Process.Spread(noise.Normal(data.shape));
            spread = (Math.Sqrt(1 - move.NewNoise) * spread) + (Math.Sqrt(Temperature * move.NewNoise) * drawn);
        }

        return new Place(
            Torus.Wrap(Invariants?.Constrain(place.Coordinates, moved) ?? moved),
            Constrain(((1 - move.To) * data) + (move.To * (centres + spread)))
        );
    }

    /// <summary>Within the spaces; and finite, so that one member that is led astray ends as no crystal, and the others as they would without it.</summary>
    private Tensor Constrain(Tensor logarithms)
    {
        Tensor finite = logarithms.nan_to_num(0).clamp(-LargestLogarithm, LargestLogarithm);
        return Invariants is null
            ? finite
            : LatticeLogarithm.OfMetric(Invariants.ConstrainMetrics(LatticeLogarithm.Metric(finite)));
    }

    /// <summary>A state by the logarithms of its lattices.</summary>
    private sealed record Place(Tensor Coordinates, Tensor Logarithms) : IDisposable
    {
        public ProcessState State() => new(Coordinates, LatticeLogarithm.Exponential(Logarithms));

        public Place Keep() => new(Coordinates.MoveToOuterDisposeScope(), Logarithms.MoveToOuterDisposeScope());

        public void Dispose()
        {
            Coordinates.Dispose();
            Logarithms.Dispose();
        }
    }
}
