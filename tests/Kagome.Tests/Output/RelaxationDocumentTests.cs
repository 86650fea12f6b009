using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Output;

namespace Kagome.Tests.Output;

public sealed class RelaxationDocumentTests
{
    [Theory]
    [InlineData(0.6, true)]
    [InlineData(0.88, true)] // NaCl by kagome-p
    [InlineData(0.94, true)]
    [InlineData(0.96, false)]
    [InlineData(1.04, false)]
    [InlineData(1.06, true)]
    public void Of_crystal_whose_volume_changed_much_remarks_on_it(double ratio, bool isLarge)
    {
        Structure before = TestCrystals.ZincBlende;
        RelaxationResult result = RelaxationResult.Of(
            new CrystalRecord("a", before),
            new PreparedCell(before, Problem: null),
            new RelaxedCrystal(Scaled(before, Math.Cbrt(ratio)), RelaxationEnd.Guard, 3, 1, 0.5),
            ["never seen"],
            TestContext.Current.CancellationToken
        );

        RelaxationDocument.Counts counts = RelaxationDocument.Counts.Of([RelaxationDocument.Entry.Of(result)]);

        Assert.Equal(isLarge ? 1 : 0, counts.LargeVolumeChanges);
        Assert.Equal(isLarge, result.HasLargeVolumeChange);
        Assert.Equal(ratio - 1, result.Record.Labels["predicted_volume_change"], 1e-9);
        Assert.Equal(isLarge ? 2 : 1, result.Concerns.Count);
        Assert.Equal(isLarge, result.Concerns[0].Contains("the volume changed by", StringComparison.Ordinal));
    }

    /// <summary>A crystal with all lengths scaled.</summary>
    private static Structure Scaled(Structure crystal, double scale) =>
        new(new(scale * crystal.Lattice.A, scale * crystal.Lattice.B, scale * crystal.Lattice.C), crystal.Sites);
}
