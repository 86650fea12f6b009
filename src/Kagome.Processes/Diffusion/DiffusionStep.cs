using Kagome.Processes.Schedules;

namespace Kagome.Processes.Diffusion;

/// <summary>The numbers of one move from a noise level to a lower one.</summary>
/// <param name="Time">t, where the move starts and the denoiser is asked.</param>
/// <param name="CoordinateSigma">σ_t</param>
/// <param name="ScoreScale">√norm_t, by which the denoiser's coordinates are multiplied.</param>
/// <param name="CoordinateVariance">v = σ_t² - σ_s²</param>
/// <param name="CoordinateSpread">τ, with τ² = σ_s² v / σ_t²</param>
/// <param name="LatticeAlpha">α = ᾱ_t / ᾱ_s</param>
/// <param name="LatticeNoiseShare">
/// (1 - α) / √(1 - ᾱ_t); or, where the lattice moves without new noise, √(1 - ᾱ_t) - √(α (1 - ᾱ_s)), since √ᾱ_s L_0 + √(1 - ᾱ_s) ε with
/// L_0 = (L_t - √(1 - ᾱ_t) ε) / √ᾱ_t is (L_t - share ε) / √α.
/// </param>
/// <param name="LatticeSpread">Standard deviation of q(L_s | L_t, L_0)</param>
public readonly record struct DiffusionStep(
    int Time,
    double CoordinateSigma,
    double ScoreScale,
    double CoordinateVariance,
    double CoordinateSpread,
    double LatticeAlpha,
    double LatticeNoiseShare,
    double LatticeSpread
)
{
    /// <summary>The move from t to s &lt; t.</summary>
    /// <remarks>For s = t - 1 these are the schedules' own values; a longer move has the posterior of its own stride.</remarks>
    public static DiffusionStep Between(
        NoiseSchedules schedules,
        int from,
        int to,
        LatticeUpdate update = LatticeUpdate.Ancestral
    )
    {
        double fromSigma = schedules.CoordinateSigmas[from];
        double toSigma = schedules.CoordinateSigmas[to];
        double variance = (fromSigma * fromSigma) - (toSigma * toSigma);
        double fromProduct = schedules.LatticeAlphaProducts[from];
        double toProduct = schedules.LatticeAlphaProducts[to];
        bool isSingle = to == from - 1;
        double alpha = isSingle ? schedules.LatticeAlphas[from] : fromProduct / toProduct;
        double spread = isSingle
            ? schedules.LatticeSigmas[from]
            : Math.Sqrt((1 - alpha) * (1 - toProduct) / (1 - fromProduct));
        return new DiffusionStep(
            from,
            fromSigma,
            Math.Sqrt(schedules.CoordinateScoreNorms[from]),
            variance,
            toSigma * Math.Sqrt(variance) / fromSigma,
            alpha,
            update == LatticeUpdate.Ancestral
                ? (1 - alpha) / Math.Sqrt(1 - fromProduct)
                : Math.Sqrt(1 - fromProduct) - Math.Sqrt(alpha * (1 - toProduct)),
            spread
        );
    }

    /// <summary>The moves of a walk from T to 0 in a given number of moves.</summary>
    /// <remarks>
    /// With fewer moves than levels the walk starts at T - 1: the level T (ᾱ = 2·10⁻¹⁰, by the clipping of β) looks the same,
    /// but a long stride from it would multiply the denoiser's error by √(ᾱ_s / ᾱ_T), a thousandfold and more.
    /// </remarks>
    public static IReadOnlyList<DiffusionStep> Walk(
        NoiseSchedules schedules,
        int moveCount,
        LatticeUpdate update = LatticeUpdate.Ancestral
    )
    {
        int levels = schedules.StepCount;
        if (moveCount < 1 || moveCount > levels)
        {
            throw new ArgumentOutOfRangeException(
                nameof(moveCount),
                moveCount,
                $"Step count is {moveCount}; expected 1 to {levels}, the noise levels of this model."
            );
        }

        int start = moveCount == levels ? levels : levels - 1;
        int[] times = [.. Enumerable.Range(0, moveCount + 1).Select(move => (int)((long)start * move / moveCount))];
        return
        [
            .. Enumerable
                .Range(0, moveCount)
                .Select(move => Between(schedules, times[^(move + 1)], times[^(move + 2)], update)),
        ];
    }
}
