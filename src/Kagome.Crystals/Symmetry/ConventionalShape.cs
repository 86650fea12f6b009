using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>What a crystal system asks of the shape of its conventional cell, free of rounding.</summary>
internal static class ConventionalShape
{
    private const int FirstMonoclinic = 3;
    private const int FirstOrthorhombic = 16;
    private const int FirstTetragonal = 75;
    private const int FirstTrigonal = 143;
    private const int FirstCubic = 195;

    /// <param name="shape">A shape that is right but for rounding.</param>
    /// <param name="spaceGroupNumber">1 to 230.</param>
    public static MetricTensor Exact(MetricTensor shape, int spaceGroupNumber)
    {
        double square = (shape.AA + shape.BB) / 2;
        double cube = (shape.AA + shape.BB + shape.CC) / 3;
        return spaceGroupNumber switch
        {
            < FirstMonoclinic => shape,
            < FirstOrthorhombic => shape with { BC = 0, AB = 0 },
            < FirstTetragonal => new(shape.AA, shape.BB, shape.CC, 0, 0, 0),
            < FirstTrigonal => new(square, square, shape.CC, 0, 0, 0),
            < FirstCubic => new(square, square, shape.CC, 0, 0, -square / 2),
            _ => new(cube, cube, cube, 0, 0, 0),
        };
    }
}
