using System.Runtime.InteropServices;

namespace Kagome.Training.Distributed;

/// <summary>The functions and constants of Open MPI that a <see cref="MpiProcessGroup"/> needs, from the library that is installed.</summary>
/// <remarks>
/// Constants such as MPI_FLOAT are addresses of symbols that the library exports, and MPI_Comm a pointer. That is Open MPI's binary interface, the same
/// in versions 3 to 5; MPICH and its kin have numbers in their place. See docs/decisions/0027-mpi.md.
/// </remarks>
internal sealed class MpiLibrary
{
    /// <summary>Open MPI 3 to 5.</summary>
    private static readonly string[] Names = ["libmpi.so.40", "libmpi.40.dylib"];

    /// <summary>MPICH, Intel MPI, MVAPICH and Cray MPICH.</summary>
    private static readonly string[] OtherNames = ["libmpi.so.12", "libmpich.so.12", "libmpi.12.dylib"];

    private MpiLibrary(nint handle)
    {
        InitThread = Function<InitThreadFunction>(handle, "MPI_Init_thread");
        CommRank = Function<CommNumberFunction>(handle, "MPI_Comm_rank");
        CommSize = Function<CommNumberFunction>(handle, "MPI_Comm_size");
        SplitByType = Function<SplitByTypeFunction>(handle, "MPI_Comm_split_type");
        AllReduce = Function<AllReduceFunction>(handle, "MPI_Allreduce");
        Broadcast = Function<BroadcastFunction>(handle, "MPI_Bcast");
        Barrier = Function<CommFunction>(handle, "MPI_Barrier");
        Abort = Function<AbortFunction>(handle, "MPI_Abort");
        End = Function<EndFunction>(handle, "MPI_Finalize");
        World = NativeLibrary.GetExport(handle, "ompi_mpi_comm_world");
        Float = NativeLibrary.GetExport(handle, "ompi_mpi_float");
        Double = NativeLibrary.GetExport(handle, "ompi_mpi_double");
        Byte = NativeLibrary.GetExport(handle, "ompi_mpi_byte");
        Sum = NativeLibrary.GetExport(handle, "ompi_mpi_op_sum");
        NoInformation = NativeLibrary.GetExport(handle, "ompi_mpi_info_null");
    }

    public delegate int InitThreadFunction(nint argumentCount, nint arguments, int required, out int provided);

    public delegate int CommNumberFunction(nint communicator, out int number);

    public delegate int SplitByTypeFunction(nint communicator, int type, int key, nint information, out nint part);

    public delegate int AllReduceFunction(
        nint send,
        ref byte receive,
        int count,
        nint type,
        nint operation,
        nint communicator
    );

    public delegate int BroadcastFunction(ref byte buffer, int count, nint type, int root, nint communicator);

    public delegate int CommFunction(nint communicator);

    public delegate int AbortFunction(nint communicator, int exitCode);

    public delegate int EndFunction();

    public InitThreadFunction InitThread { get; }

    public CommNumberFunction CommRank { get; }

    public CommNumberFunction CommSize { get; }

    public SplitByTypeFunction SplitByType { get; }

    public AllReduceFunction AllReduce { get; }

    public BroadcastFunction Broadcast { get; }

    public CommFunction Barrier { get; }

    public AbortFunction Abort { get; }

    public EndFunction End { get; }

    /// <summary>MPI_COMM_WORLD</summary>
    public nint World { get; }

    /// <summary>MPI_FLOAT</summary>
    public nint Float { get; }

    /// <summary>MPI_DOUBLE</summary>
    public nint Double { get; }

    /// <summary>MPI_BYTE</summary>
    public nint Byte { get; }

    /// <summary>MPI_SUM</summary>
    public nint Sum { get; }

    /// <summary>MPI_INFO_NULL</summary>
    public nint NoInformation { get; }

    /// <summary>Loads the library that is installed.</summary>
    /// <param name="reason">Why it is wanted, for the message.</param>
    /// <exception cref="ProcessGroupException">There is none, or it is not Open MPI's.</exception>
    public static MpiLibrary Load(string reason) => Load(reason, Names, OtherNames);

    /// <summary>The same under other names.</summary>
    internal static MpiLibrary Load(string reason, IReadOnlyList<string> names, IReadOnlyList<string> otherNames)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return Bind(handle, name, reason);
            }
        }

        string? other = otherNames.FirstOrDefault(IsThere);
        string found = other is null
            ? "but there is no Open MPI"
            : $"but there is no Open MPI, only {other}, which is MPICH's or of its kin: its calls are another interface";
        throw new ProcessGroupException(
            $"{reason}, {found} ({names[0]}). Install it (Debian, Ubuntu: apt-get install openmpi-bin, or libopenmpi3 for the library alone; on a cluster: module load openmpi) and start with its mpirun."
        );
    }

    private static MpiLibrary Bind(nint handle, string name, string reason)
    {
        try
        {
            return new MpiLibrary(handle);
        }
        catch (EntryPointNotFoundException exception)
        {
            throw new ProcessGroupException(
                $"{reason}, but {name} is not Open MPI's: {exception.Message} Start with Open MPI's mpirun and library.",
                exception
            );
        }
    }

    private static bool IsThere(string name)
    {
        if (!NativeLibrary.TryLoad(name, out nint handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }

    private static T Function<T>(nint handle, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(handle, name));
}
