using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Cif;

namespace Kagome.Formats.Tests.Cif;

public sealed class CifWriterTests
{
    private static readonly CifFormat Format = new();

    public static readonly SymmetryDescription Fluorite = new(
        "F m -3 m",
        225,
        Lattice.Cubic(5.46),
        [
            .. Operations(
                "x,y,z",
                "x,y+1/2,z+1/2",
                "x+1/2,y,z+1/2",
                "x+1/2,y+1/2,z",
                "-x,-y,-z",
                "-x,1/2-y,1/2-z",
                "1/2-x,-y,1/2-z",
                "1/2-x,1/2-y,-z"
            ),
        ],
        [
            new(new Site(Element.FromSymbol("Ca"), default), 4, 'a'),
            new(new Site(Element.FromSymbol("F"), new Fractional(0.25, 0.25, 0.25)), 8, 'c'),
        ]
    );

    [Fact]
    public void Write_gives_labels_symbols_and_the_sum_formula()
    {
        string text = FormatText.Write(
            Format,
            new CrystalRecord("Na Cl/1", FormatText.ReadOne(Format, CifText.RockSalt))
        );

        Assert.StartsWith("data_Na_Cl/1\n_chemical_formula_sum    'Na4 Cl4'\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\nCl Cl4 1 0.00000000000000 0.00000000000000 0.50000000000000 1\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("_symmetry_space_group_name_H-M    'P 1'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_counts_the_formula_units_of_the_cell()
    {
        string salt = FormatText.Write(Format, new CrystalRecord("salt", FormatText.ReadOne(Format, CifText.RockSalt)));
        Assert.Contains("\n_cell_formula_units_Z    4\n", salt, StringComparison.Ordinal);
        using StringWriter fluorite = new();
        Format.Write(fluorite, "fluorite", Fluorite);
        Assert.Contains("\n_cell_formula_units_Z    4\n", fluorite.ToString(), StringComparison.Ordinal);
        Structure one = new(Lattice.Cubic(3), [new Site(Element.FromSymbol("Po"), default)]);
        Assert.Contains(
            "\n_cell_formula_units_Z    1\n",
            FormatText.Write(Format, new CrystalRecord("one", one)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Write_symmetrised_then_read_fills_the_cell()
    {
        using StringWriter writer = new();
        Format.Write(writer, "fluorite", Fluorite);

        Structure crystal = FormatText.ReadOne(Format, writer.ToString());

        Assert.Equal(12, crystal.AtomCount);
        Assert.Equal(
            new Composition([new(Element.FromSymbol("Ca"), 4), new(Element.FromSymbol("F"), 8)]),
            crystal.Composition
        );
        Assert.Equal(new Fractional(0.25, 0.75, 0.75), crystal.Sites[5].Position);
        Assert.Contains("F F1 8 c 0.25", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("_symmetry_Int_Tables_number       225", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_left_handed_symmetrised_cell_is_refused()
    {
        using StringWriter writer = new();
        SymmetryDescription mirrored = Fluorite with
        {
            Lattice = new Lattice(new(0, 1, 0), new(1, 0, 0), new(0, 0, 1)),
        };

        _ = Assert.Throws<ArgumentException>(() => Format.Write(writer, "fluorite", mirrored));
    }

    [Fact]
    public void Write_nothing_is_refused() => _ = Assert.Throws<ArgumentException>(() => FormatText.Write(Format));

    private static IEnumerable<SymmetryOperation> Operations(params string[] texts) =>
        texts.Select(text =>
            SymmetryOperation.TryParse(text, out SymmetryOperation operation)
                ? operation
                : throw new FormatException(text)
        );
}
