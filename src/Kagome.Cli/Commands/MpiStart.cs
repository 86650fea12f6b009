using System.Globalization;

namespace Kagome.Cli.Commands;

/// <summary>How this process was started together with others: what mpirun or srun says in the environment.</summary>
/// <param name="Reason">The variable that says so, and its value.</param>
/// <param name="ProcessCount">How many there are; null where it does not say.</param>
internal sealed record MpiStart(string Reason, int? ProcessCount)
{
    private const string OpenMpiSize = "OMPI_COMM_WORLD_SIZE"; // mpirun of Open MPI
    private const string PmixRank = "PMIX_RANK"; // srun --mpi=pmix
    private const string SlurmSize = "SLURM_STEP_NUM_TASKS";
    private const string OtherSize = "PMI_SIZE"; // mpirun of MPICH and its kin, with which we cannot work, and say so

    /// <summary>Null where this process was started alone.</summary>
    public static MpiStart? Find() => Find(Environment.GetEnvironmentVariable);

    /// <summary>The same from other variables.</summary>
    public static MpiStart? Find(Func<string, string?> variable)
    {
        MpiStart? Start(string name, int? count) =>
            count == 1 ? null : new MpiStart($"{name} is {variable(name)}", count);
        return variable(OpenMpiSize) is not null ? Start(OpenMpiSize, Number(variable(OpenMpiSize)))
            : variable(PmixRank) is not null ? Start(PmixRank, Number(variable(SlurmSize)))
            : variable(OtherSize) is not null ? Start(OtherSize, Number(variable(OtherSize)))
            : null;
    }

    /// <summary>Work that one process does by itself would be done by each, into the same files.</summary>
    /// <exception cref="InputException">This process was started with others.</exception>
    public static void Refuse(string command)
    {
        if (Find() is { } start)
        {
            throw new InputException(
                $"{start.Reason}, but `{command}` works in one process; start it without mpirun and srun."
            );
        }
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
