namespace Kagome.Processes.Flow;

/// <summary>The numbers that fix a flow from noise to lattices and coordinates on a torus.</summary>
/// <remarks>The defaults of the lattices' noise are those of MP-20's training split, rounded.</remarks>
public sealed record FlowConfiguration : ProcessConfiguration
{
    /// <summary>T: noise levels, from 1 (least) to T (most). Above 0.</summary>
    public override int StepCount { get; init; } = 1000;

    /// <summary>Å³ a point: the volume that noise is centred on. Above 0.</summary>
    public double VolumePerPoint { get; init; } = 18.6;

    /// <summary>Standard deviation of the diagonal of the noise's logarithms; off it, 1/√2 of that. Above 0.</summary>
    public double LatticeSpread { get; init; } = 0.3;
}
