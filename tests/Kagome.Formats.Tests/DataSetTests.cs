using Kagome.Formats.Tests.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests;

public sealed class DataSetTests
{
    [Fact]
    public void Read_folder_goes_through_files_in_order_and_names_crystals_after_them()
    {
        string two =
            $"{CifText.RockSalt}\n{CifText.RockSalt.Replace("data_NaCl", "data_second", StringComparison.Ordinal)}";
        using TemporaryFolder folder = new();
        _ = folder.Add("b.cif", CifText.RockSalt);
        _ = folder.Add("a/two.cif", two);
        _ = folder.Add("c.cif", "damaged");
        _ = folder.Add("notes.txt", "no crystal");
        _ = folder.Add(".hidden.cif", "damaged");
        _ = File.CreateSymbolicLink(folder["link.cif"], folder["b.cif"]);
        _ = Directory.CreateSymbolicLink(folder["a/loop"], folder.Path);

        DataSetEntry[] entries = [.. DataSet.Read(folder.Path)];

        Assert.Equal(["two/NaCl", "two/second", "b", null, "link"], entries.Select(entry => entry.Record?.Id));
        Assert.Equal(folder["c.cif"], entries[3].Problem!.Path);
    }

    [Fact]
    public void Read_file_that_cannot_be_read_further_ends_with_the_reason()
    {
        using TemporaryFolder folder = new();
        string path = folder.Add("a.jsonl", "{}\n{}\n\0");

        DataSetEntry[] entries = [.. DataSet.Read(path)];

        Assert.Contains("NUL", entries[^1].Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_tells_of_every_skipped_entry()
    {
        using TemporaryFolder folder = new();
        _ = folder.Add("a.cif", "damaged");
        _ = folder.Add("b.cif", CifText.RockSalt);
        List<string> skipped = [];

        Assert.Single(DataSet.Read(folder.Path).Records(problem => skipped.Add(problem.Path)));
        Assert.Equal([folder["a.cif"]], skipped);
    }

    [Fact]
    public void Read_empty_folder_is_a_problem()
    {
        using TemporaryFolder folder = new();

        _ = Assert.Throws<StructureFormatException>(() => DataSet.Read(folder.Path).Count());
    }

    [Theory]
    [InlineData("/no/such/folder")]
    [InlineData("/no/such.cif")]
    public void Read_absent_path_is_a_problem(string path) =>
        _ = Assert.Throws<StructureFormatException>(() => DataSet.Read(path));
}
