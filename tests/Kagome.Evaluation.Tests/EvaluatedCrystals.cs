using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Evaluation.Tests;

/// <summary>Crystals of two sizes to evaluate on.</summary>
internal static class EvaluatedCrystals
{
    private static readonly Structure Titania = new(
        Lattice.FromParameters(new LatticeParameters(4.1, 5.2, 6.3, 81, 97, 112)),
        [Site("Ti", 0.125, 0.25, 0.375), Site("O", 0.6, 0.7, 0.8), Site("O", 0.1, 0.9, 0.3)]
    );

    /// <summary>Caesium chloride and titania in turn, crystal-0 and so on, all of the test split.</summary>
    public static CrystalRecord[] Series(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(at => new CrystalRecord($"crystal-{at}", at % 2 == 0 ? Chloride(3.9 + (0.05 * at)) : Titania)
                {
                    Split = "test",
                }),
        ];

    public static Structure Chloride(double edge, double shift = 0) =>
        new(Lattice.Cubic(edge), [Site("Cs", 0, 0, 0), Site("Cl", 0.5, 0.5, 0.5 - shift)]);

    private static Site Site(string element, double x, double y, double z) =>
        new(Element.FromSymbol(element), new Fractional(x, y, z));
}
