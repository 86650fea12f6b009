using Kagome.Crystals.Structures;
using Kagome.Formats.Cif;
using Kagome.Formats.Csv;
using Kagome.Formats.ExtXyz;
using Kagome.Formats.JsonLines;
using Kagome.Formats.Poscar;
using Kagome.Formats.PymatgenJson;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests;

public sealed class RoundTripTests
{
    private const int Samples = 200;
    private const string Seed = "0N0XIzNsQ0O2";

    [Fact]
    public void Cif_returns_the_atoms_in_order() =>
        Sample(record =>
        {
            CrystalRecord again = Through(new CifFormat(), record);
            CrystalAssert.SameUpToOrientation(record.Structure, again.Structure);
            Assert.Equal(record.Id, again.Id);
        });

    [Fact]
    public void Poscar_returns_lattice_vectors_and_groups_elements() =>
        Sample(record =>
        {
            Structure grouped = new(
                record.Structure.Lattice,
                record.Structure.Sites.GroupBy(site => site.Element).SelectMany(group => group)
            );
            CrystalAssert.Same(grouped, Through(new PoscarFormat(), record).Structure);
        });

    [Fact]
    public void ExtXyz_returns_exact_lattice_vectors_and_the_labels() =>
        Sample(record =>
        {
            CrystalRecord again = Through(new ExtXyzFormat(), record);
            Assert.Equal(record.Structure.Lattice, again.Structure.Lattice);
            CrystalAssert.Same(record.Structure, again.Structure);
            AssertSameLabels(record, again);
        });

    [Fact]
    public void PymatgenJson_returns_the_exact_structure_and_the_labels() =>
        Sample(record =>
        {
            CrystalRecord again = Through(new PymatgenJsonFormat(), record);
            Assert.Equal(record.Structure.Lattice, again.Structure.Lattice);
            Assert.Equal(record.Structure.Sites, again.Structure.Sites);
            AssertSameLabels(record, again);
        });

    [Fact]
    public void JsonLines_returns_the_atoms_in_order_and_the_labels() =>
        Sample(record =>
        {
            CrystalRecord again = Through(new JsonLinesFormat(), record);
            CrystalAssert.SameUpToOrientation(record.Structure, again.Structure);
            AssertSameLabels(record, again);
        });

    [Fact]
    public void Csv_returns_the_atoms_in_order_and_the_labels() =>
        Sample(record =>
        {
            CrystalRecord again = Through(new CsvFormat(), record);
            CrystalAssert.SameUpToOrientation(record.Structure, again.Structure);
            AssertSameLabels(record, again);
        });

    [Theory]
    [InlineData("cif")]
    [InlineData("extxyz")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public void Several_crystals_return_in_their_order(string name)
    {
        IStructureFormat format = StructureFormats.ByName(name);
        CrystalGenerator
            .Records.Array[2, 5]
            .Sample(
                records =>
                {
                    DataSetEntry[] again = FormatText.Read(format, FormatText.Write(format, records));
                    Assert.Equal(records.Select(record => record.Id), again.Select(entry => entry.Record!.Id));
                },
                seed: Seed,
                iter: Samples / 10,
                threads: 1
            );
    }

    private static void Sample(Action<CrystalRecord> check) =>
        CrystalGenerator.Records.Sample(check, seed: Seed, iter: Samples, threads: 1);

    private static CrystalRecord Through(IStructureFormat format, CrystalRecord record)
    {
        DataSetEntry entry = Assert.Single(FormatText.Read(format, FormatText.Write(format, record)));
        return entry.IsRecord ? entry.Record : throw entry.Problem;
    }

    private static void AssertSameLabels(CrystalRecord expected, CrystalRecord actual)
    {
        Assert.Equal((expected.Id, expected.Split), (actual.Id, actual.Split));
        Assert.Equal(expected.Labels, actual.Labels);
    }
}
