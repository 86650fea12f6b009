using Kagome.Processes.Wrapping;

namespace Kagome.Processes.Schedules;

public sealed partial record NoiseSchedules
{
    private const double SmallestBeta = 1e-4;
    private const double LargestBeta = 0.9999;

    /// <summary>Computes the schedules of a configuration; deterministic.</summary>
    /// <remarks>Source: Nichol and Dhariwal (2021) for the cosine schedule; DAO's released code for its clipping.</remarks>
    public static NoiseSchedules Compute(DiffusionConfiguration configuration)
    {
        if (configuration.StepCount < 1)
        {
            throw new ArgumentException($"Step count is {configuration.StepCount}; expected at least 1.");
        }

        int steps = configuration.StepCount;
        double[] betas = [0, .. Enumerable.Range(1, steps).Select(step => CosineBeta(step, configuration))];
        double[] alphas = [.. betas.Select(beta => 1 - beta)];
        double[] products = CumulativeProduct(alphas);
        double[] latticeSigmas =
        [
            0,
            .. Enumerable
                .Range(1, steps)
                .Select(step => Math.Sqrt(betas[step] * (1 - products[step - 1]) / (1 - products[step]))),
        ];
        double[] coordinateSigmas =
        [
            0,
            .. Enumerable.Range(1, steps).Select(step => GeometricSigma(step, configuration)),
        ];
        return new NoiseSchedules
        {
            LatticeBetas = betas,
            LatticeAlphas = alphas,
            LatticeAlphaProducts = products,
            LatticeSigmas = latticeSigmas,
            CoordinateSigmas = coordinateSigmas,
            CoordinateScoreNorms = [1, .. coordinateSigmas.Skip(1).Select(WrappedNormal.MeanSquaredScore)],
        };
    }

    private static double CosineBeta(int step, DiffusionConfiguration configuration)
    {
        double Remaining(int at)
        {
            double phase = ((double)at / configuration.StepCount) + configuration.LatticeOffset;
            return Math.Pow(Math.Cos(phase / (1 + configuration.LatticeOffset) * Math.PI / 2), 2);
        }

        return Math.Clamp(1 - (Remaining(step) / Remaining(step - 1)), SmallestBeta, LargestBeta);
    }

    private static double GeometricSigma(int step, DiffusionConfiguration configuration)
    {
        (double smallest, double largest) = (
            configuration.SmallestCoordinateSigma,
            configuration.LargestCoordinateSigma
        );
        double share = configuration.StepCount == 1 ? 1 : (step - 1.0) / (configuration.StepCount - 1);
        return smallest * Math.Pow(largest / smallest, share);
    }

    private static double[] CumulativeProduct(double[] factors)
    {
        double[] products = new double[factors.Length];
        double product = 1;
        for (int index = 0; index < factors.Length; index++)
        {
            products[index] = product *= factors[index];
        }

        return products;
    }
}
