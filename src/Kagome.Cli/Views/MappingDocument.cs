using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;

namespace Kagome.Cli.Views;

/// <summary>How the first crystal lies on the second, expressed in the cells that the two were given in.</summary>
/// <param name="Vectors">For each of the second crystal's a, b and c, which multiples of the first one's a, b and c it is: whole numbers where the first cell is primitive, fractions where it is larger.</param>
/// <param name="Sites">Each atom of the primitive cell once, in the order of the first crystal.</param>
internal sealed record MappingDocument(
    IReadOnlyList<IReadOnlyList<double>> Vectors,
    IReadOnlyList<MappingDocument.Atoms> Sites
)
{
    public static MappingDocument? Of(CrystalMapping? mapping) =>
        mapping is null
            ? null
            : new(
                [.. mapping.Vectors.Select(Numbers)],
                [.. mapping.Sites.Select(pair => new Atoms(pair.Element.Symbol, pair.First, pair.Second))]
            );

    private static IReadOnlyList<double> Numbers(Fractional vector) => [vector.X, vector.Y, vector.Z];

    /// <summary>Atoms of two crystals that lie on each other.</summary>
    /// <param name="Element">The symbol of what they are.</param>
    /// <param name="First">Sites of the first crystal, copies of one atom of its primitive cell; counted from 0.</param>
    /// <param name="Second">Sites of the second crystal, in the same way.</param>
    internal sealed record Atoms(string Element, IReadOnlyList<int> First, IReadOnlyList<int> Second);
}
