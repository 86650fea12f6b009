using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Prototypes.Tests;

public sealed class AtomicVolumesTests
{
    private static readonly Dictionary<string, double> Volumes = new(StringComparer.Ordinal)
    {
        ["Na"] = 25,
        ["Cl"] = 22,
        ["Mg"] = 9,
        ["O"] = 12,
        ["Ti"] = 14,
    };

    [Fact]
    public void Fit_recovers_the_volumes_that_cells_were_made_from()
    {
        Random random = new(1);
        string[] symbols = [.. Volumes.Keys];
        KnownCrystal[] crystals =
        [
            .. Enumerable
                .Range(0, 800)
                .Select(_ =>
                {
                    random.Shuffle(symbols);
                    return Crystal((symbols[0], random.Next(1, 4)), (symbols[1], random.Next(4, 7)));
                }),
        ];
        IReadOnlyList<double> fitted = AtomicVolumes.Fit(crystals);
        foreach ((string symbol, double volume) in Volumes)
        {
            Assert.Equal(volume, fitted[Number(symbol)], 0.02 * volume);
        }

        Assert.Equal(0, fitted[Number("K")]);
        Assert.Equal(Element.LargestAtomicNumber + 1, fitted.Count);
    }

    [Fact]
    public void Fit_of_an_absurdly_dense_crystal_stays_above_0() =>
        Assert.All(
            AtomicVolumes.Fit([
                .. Enumerable.Range(0, 9).Select(_ => Crystal(0.1, ("Na", 1))),
                Crystal(9, ("Na", 1), ("Cl", 3)),
            ]),
            volume => Assert.True(volume is 0 or >= 2)
        );

    [Fact]
    public void Scale_is_the_quotient_of_the_sums_and_at_most_2()
    {
        double[] volumes = new double[Element.LargestAtomicNumber + 1];
        (volumes[Number("Na")], volumes[Number("Cl")], volumes[Number("O")]) = (25, 20, 10);
        KnownCrystal template = Crystal(("Na", 1), ("Cl", 2));
        Assert.Equal(45.0 / 65, AtomicVolumes.Scale(volumes, template, [Of("Na"), Of("O")]), 1e-12);
        Assert.Equal(1, AtomicVolumes.Scale(volumes, template, [Of("Na"), Of("Cl")]), 1e-12);
        volumes[Number("O")] = 900;
        Assert.Equal(2, AtomicVolumes.Scale(volumes, template, [Of("Na"), Of("O")]));
    }

    [Fact]
    public void Scale_with_an_element_that_no_crystal_has_is_1()
    {
        double[] volumes = new double[Element.LargestAtomicNumber + 1];
        (volumes[Number("Na")], volumes[Number("Cl")]) = (25, 20);
        KnownCrystal template = Crystal(("Na", 1), ("Cl", 2));
        Assert.Equal(1, AtomicVolumes.Scale(volumes, template, [Of("K"), Of("Cl")]));
        Assert.Equal(1, AtomicVolumes.Scale(volumes, template, [Of("Cl"), Of("K")]));
    }

    private static KnownCrystal Crystal(params (string Symbol, int Count)[] slots) =>
        Crystal(slots.Sum(slot => slot.Count * Volumes[slot.Symbol]), slots);

    private static KnownCrystal Crystal(double volume, params (string Symbol, int Count)[] slots)
    {
        AnonymousFormula formula = new(slots.Select(slot => slot.Count));
        return new KnownCrystal(
            formula,
            [.. slots.Select(slot => Of(slot.Symbol))],
            PackedCell.Of(
                Lattice.Cubic(Math.Cbrt(volume)),
                Enumerable.Repeat(new Site(Of("Na"), default), formula.AtomCount)
            )!
        )
        {
            Id = "x",
            Source = "book",
            Type = 0,
            SpaceGroup = null,
            EnergyAboveHull = null,
        };
    }

    private static Element Of(string symbol) => Element.FromSymbol(symbol);

    private static int Number(string symbol) => Of(symbol).AtomicNumber;
}
