using Kagome.Core.Elements;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;

namespace Kagome.Cli.Tests.Evaluation;

/// <summary>Crystals of two sizes to evaluate on.</summary>
internal static class EvaluatedCrystals
{
    /// <summary>Caesium chloride and titania in turn, crystal-0 and so on, all of the test split.</summary>
    public static CrystalRecord[] Series(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(at => new CrystalRecord(
                    $"crystal-{at}",
                    at % 2 == 0 ? Chloride(3.9 + (0.05 * at)) : TestCrystals.Skewed
                )
                {
                    Split = "test",
                }),
        ];

    public static Structure Chloride(double edge, double shift = 0) =>
        new(
            Lattice.Cubic(edge),
            [
                new Site(Element.FromSymbol("Cs"), default),
                new Site(Element.FromSymbol("Cl"), new Fractional(0.5, 0.5, 0.5 - shift)),
            ]
        );
}
