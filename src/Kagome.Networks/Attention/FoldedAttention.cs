using Kagome.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>Attention with edges, its weights ready for products.</summary>
/// <remarks>
/// Since sin(θ_j - θ_i) and cos(θ_j - θ_i) are products of waves of i and of j, an edge's share of a logit is u_i · x_ij with a
/// vector u_i per atom and head, and its share of the result is W (Σ_j p_ij x_ij): weights meet atoms, never pairs.
/// Source: docs/factored-attention.md. Agrees with the literal form to rounding.
/// </remarks>
/// <param name="Projections">Queries, divided by √(head size), keys and values in one: [3 · hidden, hidden]</param>
/// <param name="Edges">[W_s ; W_c ; W_g ; W 1 ; 0] with the norm's weight in it: [heads, head size, columns]</param>
/// <param name="Output">[hidden, hidden]; its bias holds what the edges add to every value alike.</param>
public readonly record struct FoldedAttention(LinearMap Projections, Tensor Edges, LinearMap Output)
{
    /// <summary>Normalised atoms [atoms, hidden] → the same, in the products' type.</summary>
    public Tensor Attend(Tensor atoms, EdgeGeometry geometry)
    {
        using DisposeScope scope = NewDisposeScope();
        (long heads, long headSize) = (Edges.shape[0], Edges.shape[1]);
        ScalarType type = geometry.Waves.dtype;
        Tensor projections = Projections.Apply(atoms);
        Tensor queries = projections.narrow(1, 0, heads * headSize).view(-1, heads, headSize).transpose(0, 1);
        using Tensor amplitudes = bmm(queries, Edges).to(type);
        (Tensor edgeSums, Tensor valueSums) = geometry.Core.Attend(amplitudes, projections.to(type));
        Tensor fromEdges = bmm(edgeSums.to(Edges.dtype), Edges.transpose(1, 2)); // [heads, atoms, head size]
        Tensor attended = fromEdges.transpose(0, 1).flatten(1) + valueSums.to(Edges.dtype);
        return Output.Apply(attended).MoveToOuterDisposeScope();
    }
}
