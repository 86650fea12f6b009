using System.Runtime.InteropServices;
using Kagome.Training.Distributed;
using Kagome.Work;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Training.Optimization;

/// <summary>Moves weight matrices along their orthogonalised momentum: every direction of a matrix by as much, however small its share of the gradient.</summary>
/// <remarks>
/// <para>Vectors, and the heads and gates, whose shorter side is below <see cref="ShortestSide"/>, are not its own.</para>
/// <para>
/// Source: Muon (Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024); the step's length, by which a rate for Adam fits, is of
/// Liu et al., arXiv 2502.16982, section 2.2.
/// </para>
/// </remarks>
internal sealed class Muon : IDisposable
{
    private const int ShortestSide = 16;
    private const double Decay = 0.95;
    private const double AdamLength = 0.2; // root mean square of Adam's steps

    private readonly WorkerThreads workers;
    private readonly IProcessGroup group;
    private readonly IReadOnlyList<Place[]> places; // of one shape each
    private readonly ScalarType factors;
    private readonly Tensor? moves; // in the processor's memory; null for a process alone

    /// <param name="parameters">The parameters of a network, in the order of the vectors.</param>
    /// <param name="vector">All their weights.</param>
    /// <param name="workers">What to work on.</param>
    /// <param name="group">Processes that share the matrices, with as many workers each; null for this one alone.</param>
    /// <param name="factors">What products of matrices round their factors to; weights, gradients and momentum stay as they are.</param>
    public Muon(
        IEnumerable<Parameter> parameters,
        Tensor vector,
        WorkerThreads workers,
        IProcessGroup? group = null,
        ScalarType factors = ScalarType.Float32
    )
    {
        this.factors = factors;
        Momentum = zeros_like(vector);
        this.workers = workers;
        this.group = group ?? SingleProcess.Group;
        moves = this.group.HasOthers() ? zeros_like(vector, device: CPU) : null;
        int shares = workers.Count * this.group.Size;
        places =
        [
            .. Matrices(parameters)
                .GroupBy(place => (place.Rows, place.Columns))
                .Select(shape => shape.ToArray())
                .SelectMany(shape => shape.Chunk((shape.Length + shares - 1) / shares)),
        ];
    }

    /// <summary>Gradients of earlier steps, each step's times 0.95 at the next; as long as the vector of weights.</summary>
    public Tensor Momentum { get; }

    /// <summary>Moves the matrices and takes their gradient away: what is left is the gradient of all other weights.</summary>
    /// <param name="weights">The vector of weights.</param>
    /// <param name="gradient">Their gradient, of the same length.</param>
    /// <param name="rate">A learning rate.</param>
    /// <remarks>
    /// Matrices of a shape together, in few operations: on a GPU the time goes by their number. On a CPU a share of them on each worker, one thread
    /// a product: the threads of one product would wait for each other, long on a busy machine.
    /// </remarks>
    public void Step(Tensor weights, Tensor gradient, double rate)
    {
        Momentum.mul_(Decay).add_(gradient);
        if (moves is null)
        {
            Move(places, weights, gradient, rate);
        }
        else
        {
            Share(moves, weights, gradient, rate);
        }
    }

    public void Dispose()
    {
        Momentum.Dispose();
        moves?.Dispose();
    }

    /// <summary>Each process moves its share of the matrices; where one has a move the others add nothing, so that all get the very same.</summary>
    private void Share(Tensor sum, Tensor weights, Tensor gradient, double rate)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor own = zeros_like(weights);
        Move([.. places.Where((_, at) => at % group.Size == group.Rank)], own, gradient, rate);
        foreach (Place place in places.SelectMany(alike => alike))
        {
            place.Of(gradient).zero_();
        }

        sum.copy_(own);
        group.AllReduceSum(MemoryMarshal.Cast<byte, float>(sum.bytes));
        weights.add_(sum.to(weights.device));
    }

    private void Move(IReadOnlyList<Place[]> shares, Tensor weights, Tensor gradient, double rate) =>
        workers.Run(
            shares,
            (alike, _) =>
            {
                Move(alike, weights, gradient, rate);
                return true;
            }
        );

    private void Move(Place[] alike, Tensor weights, Tensor gradient, double rate)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] gradients = [.. alike.Select(place => place.Of(gradient))];
        Tensor momenta = stack(alike.Select(place => place.Of(Momentum)));
        Tensor directions = Orthogonalize(stack(gradients).add_(momenta, alpha: Decay), factors); // ahead by a step: Nesterov's
        double length = AdamLength * Math.Sqrt(Math.Max(alike[0].Rows, alike[0].Columns));
        foreach ((Place place, Tensor direction) in alike.Zip(directions.unbind(0)))
        {
            place.Of(weights).add_(direction, alpha: -rate * length);
        }

        Array.ForEach(gradients, own => own.zero_());
    }

    /// <summary>A matrix with the same singular vectors, and singular values from 0.7 to 1.2 in the place of all but the very smallest.</summary>
    /// <remarks>Five Newton-Schulz steps of the fifth degree, with Jordan's coefficients.</remarks>
    /// <param name="matrices">[matrices, rows, columns]</param>
    /// <param name="factors">What products round to: bfloat16 as Jordan has it, since the next iteration evens out what this one lost.</param>
    internal static Tensor Orthogonalize(Tensor matrices, ScalarType factors)
    {
        using DisposeScope scope = NewDisposeScope();
        bool isTall = matrices.shape[1] > matrices.shape[2];
        Tensor wide = isTall ? matrices.mT : matrices;
        Tensor x = (wide / (wide.square().sum([1, 2], keepdim: true).sqrt() + 1e-12)).to(factors);
        for (int iteration = 0; iteration < 5; iteration++)
        {
            Tensor square = bmm(x, x.mT);
            x = (3.4445 * x) + bmm((2.0315 * bmm(square, square)) - (4.7750 * square), x);
        }

        return (isTall ? x.mT : x).to(matrices.dtype).MoveToOuterDisposeScope();
    }

    private static IEnumerable<Place> Matrices(IEnumerable<Parameter> parameters)
    {
        long start = 0;
        foreach (Parameter parameter in parameters)
        {
            if (parameter.ndim == 2 && parameter.shape.Min() >= ShortestSide)
            {
                yield return new Place(start, parameter.shape[0], parameter.shape[1]);
            }

            start += parameter.numel();
        }
    }

    /// <summary>Where a matrix lies in a vector of all weights.</summary>
    /// <param name="Start">The place of its first entry.</param>
    /// <param name="Rows">How many outputs it has.</param>
    /// <param name="Columns">How many inputs it has.</param>
    private readonly record struct Place(long Start, long Rows, long Columns)
    {
        /// <summary>The matrix as a view of the vector.</summary>
        public Tensor Of(Tensor vector) => vector.narrow(0, Start, Rows * Columns).view(Rows, Columns);
    }
}
