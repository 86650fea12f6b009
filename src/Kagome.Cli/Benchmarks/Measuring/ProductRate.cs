using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Cli.Benchmarks.Measuring;

/// <summary>Matrix products on all cores side by side: the roof that networks are measured against.</summary>
internal sealed class ProductRate : IDisposable
{
    private const int Rounds = 3;
    private const int ProductsOfRound = 4;

    private readonly WorkerThreads workers;
    private readonly Tensor left;
    private readonly Tensor right;

    /// <param name="workers">One product each at a time.</param>
    /// <param name="type">Of factors and products.</param>
    /// <param name="size">Rows and columns of the factors.</param>
    public ProductRate(WorkerThreads workers, ScalarType type, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        this.workers = workers;
        left = rand([size, size], generator: generator).to(type).MoveToOuterDisposeScope();
        right = rand([size, size], generator: generator).to(type).MoveToOuterDisposeScope();
    }

    /// <summary>Some products.</summary>
    /// <returns>Operations of all workers; a multiplication and an addition are two.</returns>
    public double Round() =>
        workers.Run(_ =>
        {
            for (int product = 0; product < ProductsOfRound; product++)
            {
                matmul(left, right).Dispose();
            }

            return 2 * Math.Pow(left.shape[0], 3) * ProductsOfRound;
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
