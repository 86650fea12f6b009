using TorchSharp;

namespace Kagome.Checkpoints.Tests;

/// <summary>Fails when tensors made on this thread since its creation are still alive.</summary>
internal sealed class TensorCount : IDisposable
{
    private readonly long before = Live;

    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    public void Dispose() => Assert.Equal(before, Live);
}
