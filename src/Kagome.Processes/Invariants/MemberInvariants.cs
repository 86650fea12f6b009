namespace Kagome.Processes.Invariants;

/// <summary>Where a member of a batch has to stay: its matrix in a linear space, its points in an affine one.</summary>
/// <remarks>
/// <para>Of crystals, these are the lattices and the sites that have a given space group; here they are numbers only.</para>
/// <para>Points, as one column of 3 n coordinates: directions · parameters + offsets, modulo 1. Parameters are of period 1 too.</para>
/// </remarks>
/// <param name="LatticeBasis">Orthonormal matrices by rows. [dimensions, 9]</param>
/// <param name="MetricMean">
/// Makes of the metric L Lᵀ of any matrix, by rows, that of one in the space, and leaves it positive: the mean of its images under a group. [9, 9]
/// </param>
/// <param name="Directions">How coordinates follow from parameters; whole numbers. [3 n, parameters]</param>
/// <param name="Parameters">How parameters follow from coordinates less the offsets; whole numbers, and 1 times the directions. [parameters, 3 n]</param>
/// <param name="Offsets">The coordinates where all parameters are 0. [3 n]</param>
public sealed record MemberInvariants(
    double[,] LatticeBasis,
    double[,] MetricMean,
    double[,] Directions,
    double[,] Parameters,
    double[] Offsets
)
{
    /// <summary>n: how many points there are.</summary>
    public int PointCount => Offsets.Length / 3;
}
