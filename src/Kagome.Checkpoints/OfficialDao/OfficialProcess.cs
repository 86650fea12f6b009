using Kagome.Processes.Schedules;

namespace Kagome.Checkpoints.OfficialDao;

/// <summary>The diffusion process that a checkpoint's schedules follow.</summary>
internal static class OfficialProcess
{
    /// <remarks>The schedules themselves are kept as stored: this only names what they were made from.</remarks>
    public static DiffusionConfiguration Describe(
        NoiseSchedules schedules,
        HyperParameters parameters,
        List<string> remarks
    )
    {
        if (parameters.Find<long>("timesteps") is { } said && said != schedules.StepCount)
        {
            remarks.Add(
                $"Hyper-parameter timesteps is {said}, but the schedules have {schedules.StepCount} steps; kept these."
            );
        }

        return new DiffusionConfiguration
        {
            StepCount = schedules.StepCount,
            SmallestCoordinateSigma = Decimal(schedules.CoordinateSigmas[1]),
            LargestCoordinateSigma = Decimal(schedules.CoordinateSigmas[^1]),
        };
    }

    /// <summary>The short decimal number that was rounded to float32: 0.005 rather than 0.004999999888.</summary>
    private static double Decimal(double stored) => Math.Abs(stored) < 1e6 ? (double)(decimal)(float)stored : stored;
}
