namespace Kagome.Formats.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private const long MoreThanAnyDisk = 1L << 50;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_replaces_the_former_file()
    {
        string path = folder.Add("a.txt", "former");
        AtomicFile.Write(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["a.txt"], Names);
    }

    [Fact]
    public void Content_is_not_there_before_it_is_complete()
    {
        using (AtomicFile file = new(folder["a.txt"]))
        {
            file.Content.WriteByte(1);
            Assert.False(File.Exists(folder["a.txt"]));
            file.Complete();
            Assert.Equal([1], File.ReadAllBytes(folder["a.txt"]));
        }

        Assert.Equal(["a.txt"], Names);
    }

    [Fact]
    public void Write_that_fails_leaves_the_former_file_and_nothing_else()
    {
        string path = folder.Add("a.txt", "former");
        Assert.Throws<InvalidOperationException>(() =>
            AtomicFile.Write(path, _ => throw new InvalidOperationException("half-way"))
        );
        Assert.Equal("former", File.ReadAllText(path));
        Assert.Equal(["a.txt"], Names);
    }

    [Fact]
    public void Write_on_a_full_disk_says_so_and_leaves_the_former_file()
    {
        string path = folder.Add("a.txt", "former");
        Assert.ThrowsAny<IOException>(() =>
            AtomicFile.Write(
                path,
                _ =>
                    File.OpenHandle(
                            folder["large"],
                            FileMode.CreateNew,
                            FileAccess.Write,
                            preallocationSize: MoreThanAnyDisk
                        )
                        .Dispose()
            )
        );
        Assert.Equal("former", File.ReadAllText(path));
        Assert.Equal(["a.txt"], Names);
    }

    [Fact]
    public void Complete_in_place_of_a_folder_is_refused_and_leaves_nothing()
    {
        _ = folder.Add("a/file", "precious");
        Exception refused = Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder["a"], "new"));
        Assert.True(refused is IOException or UnauthorizedAccessException, $"{refused}");
        Assert.Equal(["a/file"], Names);
    }

    [Fact]
    public void Folder_that_is_absent_is_refused() =>
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["absent/a.txt"], "new"));

    [Fact]
    public void Folder_that_may_not_be_written_to_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc may not be written to, not even by root");
        Exception refused = Assert.ThrowsAny<Exception>(() => AtomicFile.Write("/proc/kagome.txt", "new"));
        Assert.True(refused is IOException or UnauthorizedAccessException, $"{refused}");
    }

    private string[] Names =>
        [
            .. Directory
                .GetFiles(
                    folder.Path,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
                )
                .Select(path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
}
