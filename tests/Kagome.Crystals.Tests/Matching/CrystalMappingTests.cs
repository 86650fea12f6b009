using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Matching;

public sealed class CrystalMappingTests
{
    private static readonly StructureMatcher Matcher = new(MatcherOptions.Default);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Rhombohedral-free and of one orientation only, so that the mapping is one thing.</summary>
    private static Structure Crystal { get; } =
        new(
            Lattice.FromParameters(new(4.1, 5.2, 6.9, 81, 97, 112)),
            [
                new(Element.FromSymbol("Ti"), new(0.125, 0.25, 0.375)),
                new(Element.FromSymbol("O"), new(0.6, 0.7, 0.8)),
                new(Element.FromSymbol("O"), new(0.1, 0.9, 0.3)),
            ]
        );

    [Theory]
    [InlineData(1, 2, 0, 0, 1, -3, 0, 0, 1)]
    [InlineData(2, 0, 0, 0, 1, 0, 0, 1, 1)]
    [InlineData(1, 1, 0, -1, 1, 0, 0, 0, -1)]
    public void Of_other_description_gives_its_matrix(int a, int b, int c, int d, int e, int f, int g, int h, int i)
    {
        IntegerMatrix3 matrix = new(a, b, c, d, e, f, g, h, i);
        Structure other = Supercell.Of(Crystal, matrix);
        CrystalMapping mapping = Map(Crystal, other);
        Lattice mapped = new(
            Crystal.Lattice.ToCartesian(mapping.Vectors[0]),
            Crystal.Lattice.ToCartesian(mapping.Vectors[1]),
            Crystal.Lattice.ToCartesian(mapping.Vectors[2])
        );
        Assert.Equal(other.Lattice.Parameters.A, mapped.Parameters.A, 1e-9);
        Assert.Equal(other.Lattice.Parameters.Beta, mapped.Parameters.Beta, 1e-9);
        Assert.Equal(other.Lattice.Volume, mapped.Volume, 1e-9);
        AssertPairsEveryCopy(Crystal, other, mapping);

        CrystalMapping back = Map(other, Crystal);
        Assert.Equal(other.Lattice.ToCartesian(back.Vectors[2]).Length, Crystal.Lattice.C.Length, 1e-9);
        AssertPairsEveryCopy(other, Crystal, back);
    }

    private static CrystalMapping Map(Structure first, Structure second) =>
        CrystalMapping.Of(first, second, Matcher.Match(first, second, Token)!, Token);

    private static void AssertPairsEveryCopy(Structure first, Structure second, CrystalMapping mapping)
    {
        Assert.Equal(Enumerable.Range(0, first.AtomCount), mapping.Sites.SelectMany(pair => pair.First).Order());
        Assert.Equal(Enumerable.Range(0, second.AtomCount), mapping.Sites.SelectMany(pair => pair.Second).Order());
        Assert.All(
            mapping.Sites,
            pair =>
            {
                Assert.All(pair.First, site => Assert.Equal(pair.Element, first.Sites[site].Element));
                Assert.All(pair.Second, site => Assert.Equal(pair.Element, second.Sites[site].Element));
            }
        );
    }
}
