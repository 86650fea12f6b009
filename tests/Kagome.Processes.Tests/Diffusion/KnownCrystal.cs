using Kagome.Processes.Schedules;
using Kagome.Processes.Wrapping;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Diffusion;

/// <summary>A denoiser without error for data that are normal around one crystal.</summary>
/// <remarks>
/// Data: coordinates N(centre, spread²) wrapped, lattice entries N(mean, spread²); spread 0 is the crystal itself.
/// Noise adds variances, so the exact answers are in closed form.
/// </remarks>
internal sealed record KnownCrystal(NoiseSchedules Schedules, Tensor Coordinates, Tensor Lattice)
{
    public double CoordinateSpread { get; init; }

    public double LatticeSpread { get; init; }

    public DenoiserOutput Answer(ProcessState state, Tensor times)
    {
        Tensor products = At(Schedules.LatticeAlphaProducts, times);
        Tensor variances = (products * LatticeSpread * LatticeSpread) + (1 - products);
        Tensor noise = (1 - products).sqrt() * (state.Lattices - (products.sqrt() * Lattice)) / variances;
        Tensor sigmas = (At(Schedules.CoordinateSigmas, times).square() + (CoordinateSpread * CoordinateSpread)).sqrt();
        Tensor scores = WrappedNormal.Score(state.Coordinates - Coordinates, sigmas);
        return new DenoiserOutput(scores / At(Schedules.CoordinateScoreNorms, times).sqrt(), noise);
    }

    private static Tensor At(IReadOnlyList<double> schedule, Tensor times) =>
        tensor([.. schedule], dtype: ScalarType.Float64).index_select(0, times).view(-1, 1, 1);
}
