using TorchSharp;

namespace Kagome.Processes.Tests;

/// <summary>Whether libtorch finds the numbers of an operation while memory is collected: with TorchSharp 0.107 it does not (docs/decisions/0002-torchsharp.md).</summary>
public sealed class TorchNumbersTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    /// <summary>Fails in seconds as long as TorchSharp does not hold numbers, and may end the process: so it runs by name alone.</summary>
    [Fact(Explicit = true)]
    public async Task Numbers_of_an_operation_outlive_it_while_memory_is_collected()
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        Task collecting = Task.Run(
            () =>
            {
                while (!ending.IsCancellationRequested)
                {
                    GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                }
            },
            CancellationToken.None
        );
        (long Operations, long Wrong)[] counts = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => Calculate(Duration), CancellationToken.None))
        );
        await ending.CancelAsync();
        await collecting;
        Assert.Equal((0, true), (counts.Sum(count => count.Wrong), counts.Sum(count => count.Operations) > 0));
    }

    private static (long Operations, long Wrong) Calculate(TimeSpan duration)
    {
        const int Length = 8;
        const double Expected = 15 * Length; // (1 * 3 + 1)² - 1 in each place
        long operations = 0;
        long wrong = 0;
        long begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < duration)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            operations += 4;
            try
            {
                torch.Tensor ones = torch.ones(Length);
                wrong += (((ones * 3.0) + ones).pow(2) - 1.0).sum().ToDouble() == Expected ? 0 : 1;
            }
            catch (System.Runtime.InteropServices.ExternalException)
            {
                wrong++;
            }
        }

        return (operations, wrong);
    }
}
