using Kagome.Testing;
using Kagome.Work;

namespace Kagome.Tests.Work;

public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Take_while_another_has_it_is_refused_and_can_be_taken_afterwards()
    {
        string run = folder["runs/one"];
        using (FolderLock.Take(run))
        {
            InputException exception = Assert.Throws<InputException>(() => FolderLock.Take($"{run}/"));
            Assert.Contains("being worked on", exception.Message, StringComparison.Ordinal);
        }

        FolderLock.Take(run).Dispose();
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void Take_a_file_is_refused()
    {
        File.WriteAllText(folder["thesis.tex"], "");
        Assert.Throws<InputException>(() => FolderLock.Take(folder["thesis.tex"]));
    }

    public void Dispose() => folder.Dispose();
}
