namespace Kagome.Training.Distributed;

/// <summary>A process that works alone.</summary>
internal sealed class SingleProcess : IProcessGroup
{
    private SingleProcess() { }

    public static SingleProcess Group { get; } = new();

    public int Rank => 0;

    public int Size => 1;

    public int LocalRank => 0;

    public void AllReduceSum(Span<float> values) { }

    public void AllReduceSum(Span<double> values) { }

    public void Broadcast(Span<byte> bytes) { }

    public void Barrier() { }

    public void Abort(int exitCode) =>
        throw new InvalidOperationException("A process that works alone ends by its own exception.");
}
