namespace Kagome.Formats.Tests;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Complete_puts_all_files_in_place_of_the_former_folder()
    {
        _ = folder.Add("run/old.txt", "former");
        using (AtomicFolder run = new(folder["run"]))
        {
            File.WriteAllText(Path.Combine(run.Location, "new.txt"), "new");
            Assert.Equal("former", File.ReadAllText(folder["run/old.txt"]));
            run.Complete();
        }

        Assert.Equal([folder["run"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal([folder["run/new.txt"]], Directory.GetFileSystemEntries(folder["run"]));
    }

    [Fact]
    public void Complete_makes_a_folder_where_there_is_none()
    {
        using (AtomicFolder run = new(folder["run"] + Path.DirectorySeparatorChar))
        {
            Assert.False(Directory.Exists(folder["run"]));
            run.Complete();
        }

        Assert.Equal([folder["run"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Dispose_before_the_end_leaves_the_former_folder_and_nothing_else()
    {
        _ = folder.Add("run/old.txt", "former");
        using (AtomicFolder run = new(folder["run"]))
        {
            File.WriteAllText(Path.Combine(run.Location, "new.txt"), "new");
        }

        Assert.Equal([folder["run"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal("former", File.ReadAllText(folder["run/old.txt"]));
    }

    [Fact]
    public void Complete_that_fails_brings_the_former_folder_back()
    {
        _ = folder.Add("run/old.txt", "former");
        using (AtomicFolder run = new(folder["run"]))
        {
            Directory.Delete(run.Location); // as if the disk had gone
            Assert.ThrowsAny<IOException>(run.Complete);
        }

        Assert.Equal([folder["run"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal("former", File.ReadAllText(folder["run/old.txt"]));
    }

    [Fact]
    public void Complete_in_place_of_a_file_is_refused_and_leaves_it()
    {
        string file = folder.Add("run", "precious");
        using (AtomicFolder run = new(file))
        {
            Assert.ThrowsAny<IOException>(run.Complete);
        }

        Assert.Equal("precious", File.ReadAllText(Assert.Single(Directory.GetFileSystemEntries(folder.Path))));
    }

    [Fact]
    public void Folder_that_may_not_be_written_to_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc may not be written to, not even by root");
        Exception refused = Assert.ThrowsAny<Exception>(() => new AtomicFolder("/proc/kagome"));
        Assert.True(refused is IOException or UnauthorizedAccessException, $"{refused}");
    }
}
