using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Measuring;

/// <summary>Matrix products on all cores side by side: the roof that networks are measured against.</summary>
internal sealed class ProductRate : IDisposable
{
    private const int Rounds = 3;

    private readonly WorkerThreads workers;
    private readonly int productsOfRound;
    private readonly Tensor left;
    private readonly Tensor right;

    /// <param name="workers">One product each at a time.</param>
    /// <param name="type">Of factors and products.</param>
    /// <param name="size">Rows and columns of the factors.</param>
    /// <param name="productsOfRound">Of each worker; emulated types take long for one.</param>
    public ProductRate(WorkerThreads workers, ScalarType type, int size, int productsOfRound)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        (this.workers, this.productsOfRound) = (workers, productsOfRound);
        left = rand([size, size], generator: generator).to(type).MoveToOuterDisposeScope();
        right = rand([size, size], generator: generator).to(type).MoveToOuterDisposeScope();
    }

    /// <summary>Some products.</summary>
    /// <returns>Operations of all workers; a multiplication and an addition are two.</returns>
    public double Round() =>
        workers.Run(_ =>
        {
            for (int product = 0; product < productsOfRound; product++)
            {
                matmul(left, right.t()).Dispose(); // as linear layers have it
            }

            return 2 * Math.Pow(left.shape[0], 3) * productsOfRound;
        });

    /// <summary>Operations a second, in the best of some rounds.</summary>
    public double Measure(MeasurementClock clock)
    {
        _ = Round();
        return 1 / Enumerable.Range(0, Rounds).Min(_ => clock.Time(Round).SecondsPerUnit);
    }

    public void Dispose()
    {
        left.Dispose();
        right.Dispose();
    }
}
