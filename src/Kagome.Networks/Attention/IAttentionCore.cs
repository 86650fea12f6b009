using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>The part of attention that mixes the atoms of a crystal: everything in it but the weights.</summary>
/// <remarks>
/// <para>
/// An edge's features are x_ij = r_ij ([g ; sin(θ_j - θ_i) ; cos(θ_j - θ_i)] - μ_ij 1). With u_i = q_i [W_s ; W_c ; W_g ; W 1] per head, this computes
/// the shares p_ij = softmax_j(q_i · k_j + u_i · x_ij) and the sums v_i = Σ_j p_ij x_ij and y_i = Σ_j p_ij v_j, from which the result is y_i + v_i [W_s ; W_c ; W_g ; W 1]ᵀ.
/// </para>
/// <para>Columns of u and v: F for the sines, F for the cosines, 9 for g, 1 for -μ, and zeros up to a multiple of 8.</para>
/// </remarks>
internal interface IAttentionCore
{
    /// <param name="amplitudes">u: [heads, atoms, columns]; may be overwritten.</param>
    /// <param name="projections">Queries (already divided by √(head size)), keys and values: [atoms, 3 · hidden]</param>
    /// <returns>Σ_j p_ij x_ij as [heads, atoms, columns], and Σ_j p_ij v_j as [atoms, hidden].</returns>
    (Tensor EdgeSums, Tensor ValueSums) Attend(Tensor amplitudes, Tensor projections);
}
