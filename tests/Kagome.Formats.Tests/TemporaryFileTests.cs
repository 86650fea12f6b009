namespace Kagome.Formats.Tests;

public sealed class TemporaryFileTests : IDisposable
{
    private const string Id = ".kagome-0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder folder = new();

    public TemporaryFileTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There, nothing of other programs is removed.");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_whereAKilledProgramLeftFiles_removesThem()
    {
        _ = folder.Add($".a.txt{Id}.tmp", "half");
        _ = folder.Add($".b.cif{Id}.tmp", "half");
        AtomicFile.Write(folder["a.txt"], "whole");
        Assert.Equal(["a.txt"], Names);
    }

    [Fact]
    public void Write_besideHiddenFilesOfOthers_leavesThem()
    {
        string[] others = [".a.txt.tmp", ".a.txt.0123456789abcdef0123456789abcdef.tmp", ".kagome-1.tmp", $"a{Id}.tmp"];
        Array.ForEach(others, name => folder.Add(name, "precious"));
        AtomicFile.Write(folder["a.txt"], "whole");
        Assert.Equal(others.Append("a.txt").Order(StringComparer.Ordinal), Names);
    }

    [Fact]
    public void Clear_besideFilesAndFoldersAtWork_leavesThem()
    {
        using AtomicFile file = new(folder["a.txt"]);
        using AtomicFolder run = new(folder["run"]);
        File.WriteAllText(Path.Combine(run.Location, "b.txt"), "b");
        using (FileStream own = TemporaryFile.Create(folder.Path, "own"))
        {
            TemporaryFile.Clear(folder.Path, own.Name);
            File.Delete(own.Name);
        }

        file.Complete();
        run.Complete();
        Assert.True(File.Exists(folder["a.txt"]));
        Assert.True(File.Exists(folder["run/b.txt"]));
    }

    [Fact]
    public void Clear_whereLocksDoNotWork_removesNothing()
    {
        string own = folder.Add("nobody holds it", "");
        _ = folder.Add($".a.txt{Id}.tmp", "perhaps at work");
        TemporaryFile.Clear(folder.Path, own);
        Assert.Equal(2, Names.Length);
    }

    [Fact]
    public void Write_whereAKilledProgramLeftAFolder_removesIt()
    {
        _ = folder.Add($".run{Id}.held.tmp", "");
        _ = folder.Add($".run{Id}.tmp/half.txt", "half");
        _ = folder.Add($".run{Id}.old.tmp/former.txt", "former");
        _ = folder.Add("run/new.txt", "new");
        AtomicFile.Write(folder["a.txt"], "whole");
        Assert.Equal(["a.txt", "run"], Names);
        Assert.True(File.Exists(folder["run/new.txt"]));
    }

    [Fact]
    public void Write_whereAProgramWasKilledBetweenTwoMoves_putsTheFormerFolderBack()
    {
        _ = folder.Add($".run{Id}.held.tmp", "");
        _ = folder.Add($".run{Id}.tmp/new.txt", "new");
        _ = folder.Add($".run{Id}.old.tmp/former.txt", "former");
        AtomicFile.Write(folder["a.txt"], "whole");
        Assert.Equal(["a.txt", "run"], Names);
        Assert.True(File.Exists(folder["run/former.txt"]));
    }

    [Fact]
    public async Task Write_whileOthersClearTheFolder_losesNothing()
    {
        const int Files = 300;
        using FileStream own = TemporaryFile.Create(folder.Path, "own");
        using CancellationTokenSource done = new();
        Task[] clearing =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        while (!done.IsCancellationRequested)
                        {
                            AtomicFile.TryTo(() => TemporaryFile.Clear(folder.Path, own.Name));
                        }
                    })
                ),
        ];
        Parallel.For(0, Files, number => AtomicFile.Write(folder[$"{number}.txt"], $"{number}"));
        await done.CancelAsync();
        await Task.WhenAll(clearing);
        for (int number = 0; number < Files; number++)
        {
            Assert.Equal($"{number}", File.ReadAllText(folder[$"{number}.txt"]));
        }
    }

    private string[] Names =>
        [
            .. Directory
                .GetFileSystemEntries(folder.Path)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];
}
