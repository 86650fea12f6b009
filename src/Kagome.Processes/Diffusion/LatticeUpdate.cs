namespace Kagome.Processes.Diffusion;

/// <summary>How lattices move from a noise level to a lower one.</summary>
public enum LatticeUpdate
{
    /// <summary>A draw from q(L_s | L_t, L_0) with the denoiser's L_0, as DDPM (Ho et al., NeurIPS 2020) and the paper do.</summary>
    Ancestral,

    /// <summary>To the point at level s on the way from the denoiser's noise to its L_0, without new noise: DDIM (Song et al., ICLR 2021) with η = 0.</summary>
    Deterministic,
}
