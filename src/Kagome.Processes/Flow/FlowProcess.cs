using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Processes.Wrapping;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Flow;

/// <summary>Straight ways from noise to data, whose velocity a model learns: flow matching.</summary>
/// <remarks>
/// <para>
/// At the share s = t / T of the noise, logarithms of lattices are K_0 + s (K_1 - K_0) and coordinates F_0 + s [F_1 - F_0], 0 the data, 1 the noise and [·] the
/// nearest image. Noise is uniform in coordinates, and normal in logarithms around a cube of the usual volume.
/// </para>
/// <para>
/// The denoiser's output is the velocity, from data to noise, in units of its usual size: of coordinates as it is, of lattices the symmetric part of what it
/// multiplies the lattice with. Where a crystal lies as a whole is nobody's: means over a member's points are taken off.
/// </para>
/// <para>Source: Lipman et al., ICLR 2023; on the torus as FlowMM (Miller et al., ICML 2024), which DAO's best row stands on.</para>
/// </remarks>
public sealed class FlowProcess(FlowConfiguration configuration) : IGenerativeProcess
{
    internal const double LatticeUnit = 0.35; // root mean square of an entry of K_1 - K_0 on MP-20
    internal static readonly double CoordinateUnit = 1 / Math.Sqrt(12); // of a number that is uniform from -½ to ½

    /// <inheritdoc/>
    public int StepCount => configuration.StepCount;

    /// <inheritdoc/>
    public TrainingLosses Loss(Denoiser denoiser, ProcessState clean, INoiseSource noise, Tensor? members = null)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = clean.Lattices.shape[0];
        FlowDraw draw = Between(
            clean,
            noise.Steps(StepCount, batch),
            noise.Normal(batch, 3, 3),
            noise.Uniform(clean.Coordinates.shape),
            members
        );
        ProcessState velocity = Velocity(denoiser(draw.State, draw.Times), draw.Logarithms, members);
        return new TrainingLosses(
            ((velocity.Lattices - draw.LatticeTarget) / LatticeUnit).square().mean().MoveToOuterDisposeScope(),
            ((velocity.Coordinates - draw.CoordinateTarget) / CoordinateUnit).square().mean().MoveToOuterDisposeScope()
        );
    }

    /// <summary>A place between clean states and noise.</summary>
    /// <param name="clean">Data.</param>
    /// <param name="times">[batch], int64, 1 … T</param>
    /// <param name="latticeNoise">Of N(0, 1). [batch, 3, 3]</param>
    /// <param name="coordinateNoise">Of U[0, 1), as the coordinates.</param>
    /// <param name="members">Whose each point is, where coordinates are [points of all members, 3]. Null for [batch, points, 3].</param>
    internal FlowDraw Between(
        ProcessState clean,
        Tensor times,
        Tensor latticeNoise,
        Tensor coordinateNoise,
        Tensor? members = null
    )
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor data = LatticeLogarithm.Of(clean.Lattices);
        Tensor wayOfLattices = Logarithms(latticeNoise, clean.Coordinates.shape, members) - data;
        Tensor apart = coordinateNoise - clean.Coordinates;
        Tensor wayOfCoordinates = apart - apart.round();
        Tensor shares = times.to(data.dtype) / StepCount;
        Tensor pointShares = members is null ? shares.view(-1, 1, 1) : shares.index_select(0, members).view(-1, 1);
        Tensor logarithms = data + (shares.view(-1, 1, 1) * wayOfLattices);
        Tensor lattices = LatticeLogarithm.Exponential(logarithms);
        Tensor coordinates = Torus.Wrap(clean.Coordinates + (pointShares * wayOfCoordinates));
        return new FlowDraw(
            new ProcessState(coordinates.MoveToOuterDisposeScope(), lattices.MoveToOuterDisposeScope()),
            logarithms.MoveToOuterDisposeScope(),
            times,
            wayOfLattices.MoveToOuterDisposeScope(),
            Centred(wayOfCoordinates, members, times.shape[0]).MoveToOuterDisposeScope()
        );
    }

    /// <summary>Noise of lattices, as logarithms.</summary>
    /// <param name="latticeNoise">Of N(0, 1). [batch, 3, 3]</param>
    /// <param name="coordinateShape">[batch, points, 3], or [points of all members, 3].</param>
    /// <param name="members">Whose each point is; null for [batch, points, 3].</param>
    internal Tensor Logarithms(Tensor latticeNoise, long[] coordinateShape, Tensor? members)
    {
        using DisposeScope scope = NewDisposeScope();
        return (Centres(latticeNoise, coordinateShape, members) + Spread(latticeNoise)).MoveToOuterDisposeScope();
    }

    /// <summary>The middle of the noise of lattices: logarithms of cubes of the usual volume. [batch, 3, 3]</summary>
    /// <param name="like">[batch, 3, 3], of the type and device that are wanted.</param>
    /// <param name="coordinateShape">[batch, points, 3], or [points of all members, 3].</param>
    /// <param name="members">Whose each point is; null for [batch, points, 3].</param>
    internal Tensor Centres(Tensor like, long[] coordinateShape, Tensor? members)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = like.shape[0];
        Tensor counts = members is null
            ? full([batch], coordinateShape[1], dtype: like.dtype, device: like.device)
            : members.bincount(null, batch).to(like.dtype);
        Tensor centres = (counts * configuration.VolumePerPoint).log() / 3;
        return (centres.view(-1, 1, 1) * eye(3, dtype: like.dtype, device: like.device)).MoveToOuterDisposeScope();
    }

    /// <summary>What noise of lattices has beside its middle.</summary>
    /// <param name="latticeNoise">Of N(0, 1). [batch, 3, 3]</param>
    internal Tensor Spread(Tensor latticeNoise) =>
        configuration.LatticeSpread * (latticeNoise + latticeNoise.transpose(1, 2)) / 2;

    /// <summary>The velocity from data to noise that a denoiser's output stands for: of coordinates, and of the logarithms of lattices.</summary>
    /// <param name="output">What it said.</param>
    /// <param name="logarithms">Of the lattices that it was asked about, which are symmetric.</param>
    /// <param name="members">Whose each point is; null for [batch, points, 3].</param>
    internal static ProcessState Velocity(DenoiserOutput output, Tensor logarithms, Tensor? members)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor factors = output.Lattices.matmul(LatticeLogarithm.Exponential(-logarithms));
        Tensor lattices = LatticeUnit * (factors + factors.transpose(1, 2)) / 2;
        Tensor coordinates = CoordinateUnit * Centred(output.Coordinates, members, logarithms.shape[0]);
        return new ProcessState(coordinates.MoveToOuterDisposeScope(), lattices.MoveToOuterDisposeScope());
    }

    private static Tensor Centred(Tensor moves, Tensor? members, long batch)
    {
        if (members is null)
        {
            return moves - moves.mean([1], keepdim: true);
        }

        Tensor counts = members.bincount(null, batch).to(moves.dtype).clamp_min(1).view(-1, 1);
        Tensor means =
            zeros(batch, 3, dtype: moves.dtype, device: moves.device).index_add(0, members, moves, 1) / counts;
        return moves - means.index_select(0, members);
    }
}
