namespace Kagome.Formats.Tests.Archives;

/// <summary>Folders of calculations.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mp-1/CONTCAR:Te mp-1/POSCAR:Po mp-2/CONTCAR:Se mp-2/POSCAR:S", "mp-1 Te|mp-2 Se")]
    [InlineData("mp-1/CONTCAR: mp-1/POSCAR:Po mp-2/POSCAR:S", "mp-1 Po|mp-2 S")]
    [InlineData("all/mp-1/CONTCAR:Te all/mp-2/CONTCAR:Se", "mp-1 Te|mp-2 Se")]
    [InlineData("mp-1/relax/CONTCAR:Te mp-2/relax/CONTCAR:Se", "mp-1/relax Te|mp-2/relax Se")]
    [InlineData("mp-1/relaxed.vasp:Te mp-2/relaxed.vasp:Se", "mp-1/relaxed Te|mp-2/relaxed Se")]
    [InlineData("mp-1/CONTCAR.relax2:Te mp-2/CONTCAR.relax2:Se", "mp-1/CONTCAR.relax2 Te|mp-2/CONTCAR.relax2 Se")]
    [InlineData("a/mp-1.vasp:Te b/mp-2.vasp:Se", "mp-1 Te|mp-2 Se")]
    [InlineData("mp-1_POSCAR:Te mp-1.5_POSCAR:Se relax.CONTCAR:S", "mp-1.5_POSCAR Se|mp-1_POSCAR Te|relax S")]
    [InlineData("mp-1/XDATCAR:Se mp-1/CONTCAR:Te", "mp-1 Te")]
    public void Read_folder_names_crystals_so_that_their_folder_is_known(string files, string expected)
    {
        foreach (string[] file in files.Split(' ').Select(file => file.Split(':')))
        {
            _ = folder.Add($"in/{file[0]}", file[1].Length > 0 ? ArchiveTests.Poscar(file[1]) : "");
        }

        Assert.Equal(
            expected,
            string.Join('|', DataSet.Read(folder["in"]).Select(ArchiveTests.Text).Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public void Read_file_that_VASP_named_is_called_as_its_folder()
    {
        string[] files =
        [
            folder.Add("mp-1/CONTCAR", ArchiveTests.Poscar("Te")),
            folder.Add("mp-2/CONTCAR", ArchiveTests.Poscar("Se")),
            folder.Add("mp-3/relaxed.vasp", ArchiveTests.Poscar("Po")),
        ];
        Assert.Equal(
            ["mp-1", "mp-2", "relaxed"],
            new CrystalReader(files).Read(TestContext.Current.CancellationToken).Select(crystal => crystal.Id)
        );
    }

    [Fact]
    public void Read_one_calculation_is_named_by_its_folder()
    {
        _ = folder.Add("mp-7/CONTCAR", ArchiveTests.Poscar("Po"));

        Assert.Equal("mp-7 Po", Assert.Single(DataSet.Read(folder["mp-7"]).Select(ArchiveTests.Text)));
    }

    [Fact]
    public void Read_trajectories_gives_every_frame_under_its_folder()
    {
        string frames = ArchiveTests
            .Poscar("Po")
            .Replace("Direct", "Direct configuration= 1", StringComparison.Ordinal);
        _ = folder.Add("in/mp-1/XDATCAR", $"{frames}Direct configuration= 2\n0 0 0\n");

        Assert.Equal(["mp-1/XDATCAR:1 Po", "mp-1/XDATCAR:2 Po"], DataSet.Read(folder["in"]).Select(ArchiveTests.Text));
    }
}
