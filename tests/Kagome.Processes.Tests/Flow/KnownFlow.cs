using Kagome.Processes.Flow;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Flow;

/// <summary>A denoiser without error for data that are normal around one crystal.</summary>
/// <remarks>
/// Data: coordinates of the crystal, and logarithms of lattices N(mean, spread²) as noise has them; spread 0 is the crystal itself. Means of both are linear in
/// the share of the noise, and variances add, so that the exact velocity E[K_1 - K_0 | K_s] is in closed form.
/// </remarks>
internal sealed record KnownFlow(FlowConfiguration Configuration, Tensor Coordinates, Tensor Logarithm)
{
    public double Spread { get; init; }

    public DenoiserOutput Answer(ProcessState state, Tensor times)
    {
        Tensor share = times.to(ScalarType.Float64).view(-1, 1, 1) / Configuration.StepCount;
        Tensor apart = state.Coordinates - Coordinates;
        Tensor way = (apart - apart.round()) / share;
        double points = Coordinates.shape[1];
        Tensor centre = eye(3, dtype: ScalarType.Float64) * Math.Log(points * Configuration.VolumePerPoint) / 3;
        (double noise, double data) = (Math.Pow(Configuration.LatticeSpread, 2), Spread * Spread);
        Tensor variance = ((1 - share).square() * data) + (share.square() * noise);
        Tensor slope = ((share * noise) - ((1 - share) * data)) / variance;
        Tensor from = LatticeLogarithm.Of(state.Lattices) - ((1 - share) * Logarithm) - (share * centre);
        Tensor velocity = centre - Logarithm + (slope * from);
        return new DenoiserOutput(
            way / FlowProcess.CoordinateUnit,
            (velocity / FlowProcess.LatticeUnit).matmul(state.Lattices)
        );
    }
}
