using System.Runtime.InteropServices;

namespace Kagome.Training.Distributed;

/// <summary>The processes that mpirun or srun has started together, by Open MPI.</summary>
/// <remarks>
/// One object a process, and one in its life: MPI can be begun and ended once. Its methods may be called from any thread, but from one at a time.
/// Disposing of it waits for the other processes.
/// </remarks>
public sealed class MpiProcessGroup : IProcessGroup, IDisposable
{
    private const int Serialized = 2; // MPI_THREAD_SERIALIZED: any thread, one at a time
    private const int SharedMemory = 0; // MPI_COMM_TYPE_SHARED: processes of one machine
    private const nint InPlace = 1; // MPI_IN_PLACE

    private readonly MpiLibrary library;
    private bool isDisposed;

    private MpiProcessGroup(MpiLibrary library)
    {
        this.library = library;
        Check(library.InitThread(0, 0, Serialized, out int provided), "MPI_Init_thread");
        if (provided < Serialized)
        {
            throw new ProcessGroupException(
                $"This Open MPI gives threads the level {provided}; expected at least {Serialized} (MPI_THREAD_SERIALIZED). Use one that was built with threads."
            );
        }

        Check(library.CommRank(library.World, out int rank), "MPI_Comm_rank");
        Check(library.CommSize(library.World, out int size), "MPI_Comm_size");
        Check(
            library.SplitByType(library.World, SharedMemory, rank, library.NoInformation, out nint machine),
            "MPI_Comm_split_type"
        );
        Check(library.CommRank(machine, out int localRank), "MPI_Comm_rank");
        (Rank, Size, LocalRank) = (rank, size, localRank);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int LocalRank { get; }

    /// <summary>Joins the others, and waits for them.</summary>
    /// <param name="reason">Why MPI is wanted, as a clause that a message can begin with: "OMPI_COMM_WORLD_SIZE is 2".</param>
    /// <param name="expectedSize">How many processes whoever started them spoke of; null where that is not known.</param>
    /// <exception cref="ProcessGroupException">There is no Open MPI, or it does not find the others.</exception>
    public static MpiProcessGroup Join(string reason, int? expectedSize = null)
    {
        MpiProcessGroup group = new(MpiLibrary.Load(reason));
        if (expectedSize is { } expected && expected != group.Size)
        {
            group.Dispose();
            throw new ProcessGroupException(
                $"{reason}, but Open MPI finds {group.Size} process(es): what started them and the library do not fit. Start with the mpirun of the same Open MPI, or with srun and its option mpi=pmix."
            );
        }

        return group;
    }

    /// <inheritdoc/>
    /// <exception cref="ProcessGroupException">Open MPI reports an error.</exception>
    public void AllReduceSum(Span<float> values) =>
        AllReduceSum(MemoryMarshal.AsBytes(values), values.Length, library.Float);

    /// <inheritdoc/>
    /// <exception cref="ProcessGroupException">Open MPI reports an error.</exception>
    public void AllReduceSum(Span<double> values) =>
        AllReduceSum(MemoryMarshal.AsBytes(values), values.Length, library.Double);

    /// <inheritdoc/>
    /// <exception cref="ProcessGroupException">Open MPI reports an error.</exception>
    public void Broadcast(Span<byte> bytes) =>
        Check(
            library.Broadcast(ref MemoryMarshal.GetReference(bytes), bytes.Length, library.Byte, 0, library.World),
            "MPI_Bcast"
        );

    /// <inheritdoc/>
    /// <exception cref="ProcessGroupException">Open MPI reports an error.</exception>
    public void Barrier() => Check(library.Barrier(library.World), "MPI_Barrier");

    /// <inheritdoc/>
    public void Abort(int exitCode) => library.Abort(library.World, exitCode);

    /// <summary>Says good-bye to the others.</summary>
    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            _ = library.End();
        }
    }

    private void AllReduceSum(Span<byte> bytes, int count, nint type) =>
        Check(
            library.AllReduce(InPlace, ref MemoryMarshal.GetReference(bytes), count, type, library.Sum, library.World),
            "MPI_Allreduce"
        );

    private static void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new ProcessGroupException($"{function} failed with code {code}.");
        }
    }
}
