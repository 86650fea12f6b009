using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Checkpoints;

/// <summary>Noise schedules as tensors [steps + 1], float64, of fixed names.</summary>
internal static class ScheduleTensors
{
    public const string Prefix = "schedule.";

    public const string LatticeBetas = Prefix + "lattice_betas";
    public const string LatticeAlphas = Prefix + "lattice_alphas";
    public const string LatticeAlphaProducts = Prefix + "lattice_alpha_products";
    public const string LatticeSigmas = Prefix + "lattice_sigmas";
    public const string CoordinateSigmas = Prefix + "coordinate_sigmas";
    public const string CoordinateScoreNorms = Prefix + "coordinate_score_norms";

    public static IEnumerable<(string Name, IReadOnlyList<double> Values)> Of(NoiseSchedules schedules) =>
        [
            (LatticeBetas, schedules.LatticeBetas),
            (LatticeAlphas, schedules.LatticeAlphas),
            (LatticeAlphaProducts, schedules.LatticeAlphaProducts),
            (LatticeSigmas, schedules.LatticeSigmas),
            (CoordinateSigmas, schedules.CoordinateSigmas),
            (CoordinateScoreNorms, schedules.CoordinateScoreNorms),
        ];

    /// <param name="path">For errors.</param>
    /// <param name="tensors">Of floating point, by the names above.</param>
    /// <param name="stepCount">T: every tensor has T + 1 values.</param>
    /// <exception cref="CheckpointException">A schedule is missing, of another length or holds what no noise can be.</exception>
    public static NoiseSchedules Read(string path, IReadOnlyDictionary<string, Tensor> tensors, int stepCount)
    {
        if (stepCount < 1)
        {
            throw new CheckpointException(path, $"the process has {stepCount} steps; expected at least 1.");
        }

        return new NoiseSchedules
        {
            LatticeBetas = Values(path, tensors, stepCount, LatticeBetas),
            LatticeAlphas = Values(path, tensors, stepCount, LatticeAlphas),
            LatticeAlphaProducts = Values(path, tensors, stepCount, LatticeAlphaProducts),
            LatticeSigmas = Values(path, tensors, stepCount, LatticeSigmas),
            CoordinateSigmas = Values(path, tensors, stepCount, CoordinateSigmas),
            CoordinateScoreNorms = Values(path, tensors, stepCount, CoordinateScoreNorms),
        };
    }

    private static double[] Values(string path, IReadOnlyDictionary<string, Tensor> tensors, int stepCount, string name)
    {
        if (!tensors.TryGetValue(name, out Tensor? tensor))
        {
            throw new CheckpointException(path, $"noise schedule '{name}' is missing; get or export the file again.");
        }

        if (tensor.shape is not [var length] || length != stepCount + 1L || !tensor.is_floating_point())
        {
            throw new CheckpointException(
                path,
                $"noise schedule '{name}' is {tensor.dtype} {WeightComparison.Text(tensor.shape)}; expected {stepCount} steps and one, [{stepCount + 1L}]."
            );
        }

        using Tensor values = tensor.to(ScalarType.Float64);
        double[] numbers = values.data<double>().ToArray();
        int wrong = Array.FindIndex(numbers, number => !(double.IsFinite(number) && number >= 0));
        return wrong < 0
            ? numbers
            : throw new CheckpointException(
                path,
                $"noise schedule '{name}' is {numbers[wrong]} at step {wrong}; expected a number of at least 0."
            );
    }
}
