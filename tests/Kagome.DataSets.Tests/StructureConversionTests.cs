using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Formats.Text;

namespace Kagome.DataSets.Tests;

public sealed class StructureConversionTests : IDisposable
{
    /// <summary>Å, degrees and fractions: what twelve decimals in two files keep.</summary>
    private const double Tolerance = 1e-8;

    /// <summary>A cell without right angles, its atoms grouped by element as POSCAR wants them.</summary>
    private static readonly Structure Skewed = new(
        Lattice.FromParameters(new LatticeParameters(4.1, 5.2, 6.3, 81, 97, 112)),
        [
            new Site(Element.FromSymbol("Ti"), new Fractional(0.125, 0.25, 0.375)),
            new Site(Element.FromSymbol("O"), new Fractional(0.6, 0.7, 0.8)),
            new Site(Element.FromSymbol("O"), new Fractional(0.1, 0.9, 0.3)),
        ]
    );

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> FormatPairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string from in StructureFormats.All.Select(format => format.Name))
            {
                foreach (string to in StructureFormats.All.Select(format => format.Name))
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(FormatPairs))]
    public void Write_between_any_two_formats_keeps_the_crystal(string from, string to)
    {
        IStructureFormat first = StructureFormats.ByName(from);
        IStructureFormat second = StructureFormats.ByName(to);
        StructureFile.Write(folder["first"], first, [new CrystalRecord("skewed", Skewed)]);
        Write(new CrystalReader(folder["first"]) { Format = first }, "second", new() { To = second });
        Write(new CrystalReader(folder["second"]) { Format = second }, "third.cif", new());
        Structure read = StructureFile.ReadSingle(folder["third.cif"]).Structure;
        Assert.Equal(Skewed.Sites.Select(site => site.Element), read.Sites.Select(site => site.Element));
        Assert.Equal(Skewed.Lattice.Parameters.A, read.Lattice.Parameters.A, Tolerance);
        Assert.Equal(Skewed.Lattice.Parameters.C, read.Lattice.Parameters.C, Tolerance);
        Assert.Equal(Skewed.Lattice.Parameters.Beta, read.Lattice.Parameters.Beta, Tolerance);
        Assert.All(
            Skewed.Sites.Zip(read.Sites),
            pair =>
            {
                Assert.Equal(pair.First.Position.X, pair.Second.Position.X, Tolerance);
                Assert.Equal(pair.First.Position.Y, pair.Second.Position.Y, Tolerance);
                Assert.Equal(pair.First.Position.Z, pair.Second.Position.Z, Tolerance);
            }
        );
    }

    [Fact]
    public void Write_into_a_folder_gives_a_file_each_under_safe_names()
    {
        CrystalRecord record = TestCrystals.Series(1)[0];
        DataSet.Write(
            folder["series.jsonl"],
            [record, record with { Id = "PO-1" }, record with { Id = "../up:1" }, record with { Id = "po-1-2" }]
        );
        int count = Write(
            new CrystalReader(folder["series.jsonl"]),
            "out/",
            new() { To = StructureFormats.ByName("poscar") }
        );
        Assert.Equal(4, count);
        Assert.Equal(
            ["out/PO-1-2.poscar", "out/_up_1.poscar", "out/po-1-2-2.poscar", "out/po-1.poscar", "series.jsonl"],
            folder.FileNames
        );
    }

    [Fact]
    public void Write_into_a_folder_replaces_nothing_where_that_is_not_wanted()
    {
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(2));
        Directory.CreateDirectory(folder["out"]);
        folder.WriteText("out/po-2.cif", "precious");
        Refused("replace it with Replaces", "out", new() { To = StructureFormats.ByName("cif"), Replaces = false });
        Assert.Equal(["out/po-2.cif", "series.jsonl"], folder.FileNames);
    }

    [Theory]
    [InlineData("out.vasp", "holds 3 structures and a poscar file one; use an output folder")]
    [InlineData("out/", "name the format of its files with To")]
    [InlineData("out.docx", "out.docx: the name tells no known format")]
    public void Write_to_what_cannot_take_it_is_refused_and_writes_nothing(string target, string part)
    {
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(3));
        Refused(part, target, new());
        Assert.Equal(["series.jsonl"], folder.FileNames);
    }

    [Theory]
    [InlineData(CellChoice.Primitive, 2)]
    [InlineData(CellChoice.Conventional, 8)]
    [InlineData(CellChoice.Niggli, 8)]
    public void Write_of_another_cell_has_its_atoms(CellChoice cell, int atoms)
    {
        StructureFile.Write(folder["NaCl.cif"], new CrystalRecord("NaCl", TestCrystals.RockSalt(5.64)));
        Write(new CrystalReader(folder["NaCl.cif"]), "cell.vasp", new() { Cell = cell });
        Assert.Equal(atoms, StructureFile.ReadSingle(folder["cell.vasp"]).Structure.AtomCount);
    }

    [Fact]
    public void Write_symmetrised_to_another_format_than_cif_is_refused()
    {
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(1));
        Refused("IsSymmetrised writes CIF files", "x.vasp", new() { IsSymmetrised = true });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Symprec_that_is_no_distance_is_named(double symprec)
    {
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(1));
        Refused("Symprec is", "x.vasp", new() { Symprec = symprec });
    }

    private int Write(CrystalReader source, string target, StructureConversion conversion) =>
        conversion.Write(source, folder[target], cancellation: Cancellation);

    private void Refused(string part, string target, StructureConversion conversion) =>
        Assert.Contains(
            part,
            Assert
                .ThrowsAny<KagomeException>(() => Write(new CrystalReader(folder["series.jsonl"]), target, conversion))
                .Message,
            StringComparison.Ordinal
        );
}
