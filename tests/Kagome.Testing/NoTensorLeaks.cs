using TorchSharp;
using Xunit;

namespace Kagome.Testing;

/// <summary>Fails when a tensor made on this thread outlives a piece of code.</summary>
/// <remarks>As an object it watches from its creation to its disposal: <c>using NoTensorLeaks check = new();</c></remarks>
public sealed class NoTensorLeaks : IDisposable
{
    private readonly long before = LiveCount;

    private static long LiveCount => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>Runs an action that must leave as many live tensors as it found.</summary>
    public static void During(Action action)
    {
        NoTensorLeaks check = new();
        action();
        check.Dispose(); // not in a using: an exception of the action says more than the tensors that it left
    }

    public void Dispose()
    {
        long after = LiveCount;
        Assert.True(after == before, $"{after} tensors are alive; expected the {before} of before.");
    }
}
