using Kagome.Training.Distributed;

namespace Kagome.Training.Tests.Distributed;

public sealed class MpiLibraryTests
{
    private const string Reason = "OMPI_COMM_WORLD_SIZE is 2";

    [Fact]
    public void Load_where_there_is_none_says_why_it_is_wanted_and_what_to_install()
    {
        string message = Refusal(["libmpi-that-is-not.so.40"], []);
        Assert.StartsWith(
            $"{Reason}, but there is no Open MPI (libmpi-that-is-not.so.40).",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("apt-get install openmpi-bin", message, StringComparison.Ordinal);
        Assert.Contains("libopenmpi3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_where_there_is_only_another_MPI_names_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libc is called otherwise elsewhere.");
        Assert.Contains(
            "only libc.so.6, which is MPICH's or of its kin",
            Refusal(["libmpi-that-is-not.so.40"], ["libc.so.6"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Load_a_library_without_the_symbols_of_Open_MPI_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libc is called otherwise elsewhere.");
        Assert.StartsWith(
            $"{Reason}, but libc.so.6 is not Open MPI's: ",
            Refusal(["libc.so.6"], []),
            StringComparison.Ordinal
        );
    }

    private static string Refusal(string[] names, string[] others) =>
        Assert.Throws<ProcessGroupException>(() => MpiLibrary.Load(Reason, names, others)).Message;
}
