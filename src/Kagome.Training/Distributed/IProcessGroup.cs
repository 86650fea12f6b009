namespace Kagome.Training.Distributed;

/// <summary>Processes that train one model together, this one among them.</summary>
/// <remarks>
/// Every process calls the same methods in the same order, and waits in them for the others; one thread at a time. Processes that a call does not
/// reach because they failed have to be ended from outside: see <see cref="Abort"/>.
/// </remarks>
public interface IProcessGroup
{
    /// <summary>This process's number, from 0. The first writes what all have made.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Size { get; }

    /// <summary>This process's number among those of its machine, from 0.</summary>
    int LocalRank { get; }

    /// <summary>Puts the sum over all processes in the place of each number.</summary>
    /// <param name="values">As many in every process.</param>
    void AllReduceSum(Span<float> values);

    /// <inheritdoc cref="AllReduceSum(Span{float})"/>
    void AllReduceSum(Span<double> values);

    /// <summary>Gives what the first process has to all others.</summary>
    /// <param name="bytes">As many in every process.</param>
    void Broadcast(Span<byte> bytes);

    /// <summary>Waits until every process is here.</summary>
    void Barrier();

    /// <summary>Ends all processes at once, this one too.</summary>
    /// <param name="exitCode">What the shell hears; not 0.</param>
    void Abort(int exitCode);
}
