using Kagome.Processes.Invariants;
using Kagome.Processes.Noise;
using static TorchSharp.torch;

namespace Kagome.Processes.Sampling;

/// <summary>Walks from noise to data as a process has it.</summary>
public interface ISampler
{
    /// <summary>Moves from noise to data; at most the process's noise levels.</summary>
    int MoveCount { get; }

    /// <summary>The same walk, within spaces that some members have to stay in; null where all are free.</summary>
    ISampler KeptIn(StateInvariants? invariants);

    /// <summary>Samples members of any sizes.</summary>
    /// <param name="denoiser">The trained model; knows which points belong to which member.</param>
    /// <param name="batch">How many members.</param>
    /// <param name="coordinateShape">[batch, points, 3], or [points of all members, 3].</param>
    /// <param name="members">Whose each point is, where coordinates are [points of all members, 3]: [points], int64. Null for [batch, points, 3].</param>
    /// <param name="noise">Draws: first lattices, then coordinates, then what the walk needs.</param>
    /// <param name="observe">Told of the state after each move; the tensors are the walk's own and are gone after the call.</param>
    /// <param name="cancellation">Stops between moves.</param>
    /// <returns>Coordinates in [0, 1) and lattices, outside any gradient.</returns>
    ProcessState Sample(
        Denoiser denoiser,
        long batch,
        long[] coordinateShape,
        Tensor? members,
        INoiseSource noise,
        Action<int, ProcessState>? observe = null,
        CancellationToken cancellation = default
    );
}
