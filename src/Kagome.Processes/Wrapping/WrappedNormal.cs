using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Wrapping;

/// <summary>The normal distribution with mean 0 on a circle of circumference 1.</summary>
/// <remarks>
/// Density p(x) ∝ Σ_n exp(-(x + n)² / 2σ²). The sum runs over n = -10 … 10, enough for σ up to 0.5 at every digit.
/// Source: DiffCSP (Jiao et al., NeurIPS 2023), Eq. 6, and DAO's released code.
/// </remarks>
public static class WrappedNormal
{
    private const int Images = 10;
    private const int QuadraturePoints = 512;

    /// <summary>Minus the gradient of the log density: (x + n) / σ² averaged over the images n.</summary>
    /// <remarks>
    /// Positive for small positive x: the sign of DAO's code, opposite to what is usually called the score.
    /// The largest exponent is taken out before exp, since in float32 all terms vanish at small σ.
    /// </remarks>
    /// <param name="positions">[...], any real numbers; periodic with period 1</param>
    /// <param name="sigmas">Broadcast against the positions; above 0.</param>
    /// <returns>[...], 1 / fractional units</returns>
    public static Tensor Score(Tensor positions, Tensor sigmas)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = arange(-Images, Images + 1, dtype: positions.dtype, device: positions.device);
        Tensor nearest = positions - positions.round(); // within half a period, so that the images are centred on it
        Tensor shifted = nearest.unsqueeze(-1) + images; // [..., images]
        Tensor variances = sigmas.square().unsqueeze(-1);
        Tensor shares = (shifted.square() / (-2 * variances)).softmax(-1);
        return (shares * shifted / variances).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>The score of one position; the definition in plain numbers.</summary>
    public static double Score(double position, double sigma) =>
        LogWeightAndScore(position - Math.Round(position), sigma).Score;

    /// <summary>The mean of the squared score over the distribution, which the network's target is divided by.</summary>
    /// <remarks>
    /// By the trapezoid rule over one period, spectrally accurate for a periodic integrand; where σ is so small that the
    /// density is a single peak, the points cover that peak. DAO's code draws 10,000 samples instead.
    /// </remarks>
    public static double MeanSquaredScore(double sigma)
    {
        double halfWidth = Math.Min(0.5, 12 * sigma);
        double weights = 0;
        double sum = 0;
        for (int index = 0; index < QuadraturePoints; index++)
        {
            double position = halfWidth * ((2 * (index + 0.5) / QuadraturePoints) - 1);
            (double logWeight, double score) = LogWeightAndScore(position, sigma);
            double weight = Math.Exp(logWeight);
            weights += weight;
            sum += weight * score * score;
        }

        return sum / weights;
    }

    private static (double LogWeight, double Score) LogWeightAndScore(double position, double sigma)
    {
        double variance = sigma * sigma;
        double largest = -position * position / (2 * variance);
        double weights = 0;
        double moments = 0;
        for (int image = -Images; image <= Images; image++)
        {
            double shifted = position + image;
            double weight = Math.Exp((-shifted * shifted / (2 * variance)) - largest);
            weights += weight;
            moments += weight * shifted;
        }

        return (largest + Math.Log(weights), moments / (weights * variance));
    }
}
