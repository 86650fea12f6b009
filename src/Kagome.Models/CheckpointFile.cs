using System.Text.Json;
using System.Text.Json.Serialization;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>Model files: safetensors with the network's weights, its noise schedules and JSON descriptions.</summary>
/// <remarks>
/// <para>
/// Tensors: the network's state dictionary as it is, <c>schedule.*</c> in float64, and where an ensemble has them <c>forest.*</c> as they are. Metadata: <c>format</c> = kagome,
/// <c>version</c>, and as JSON <c>network</c>, <c>process</c> (of diffusion) or <c>flow</c>, <c>provenance</c> and, where there is one, <c>label_scaler</c> or <c>ensemble</c>,
/// whose tensors are named as <see cref="EnsembleWeights"/> says.
/// </para>
/// <para>
/// Every file is sealed as <see cref="SafetensorsFile"/> describes: a changed byte anywhere is noticed on loading.
/// The checksum that predictions quote is another sum, of the file as it is, so that <c>sha256sum</c> prints the same.
/// </para>
/// </remarks>
public static class CheckpointFile
{
    /// <summary>What this version writes; it reads up to this.</summary>
    public const int Version = 3;

    /// <summary>What flows are written as.</summary>
    internal const int FlowVersion = 2;

    /// <summary>What models of diffusion are written as: they are as they were before there were flows.</summary>
    internal const int DiffusionVersion = 1;

    /// <summary>Writes a model file: whole or, on any failure, not at all.</summary>
    /// <returns>The checksum of the file.</returns>
    /// <exception cref="ArgumentException">
    /// The parts do not fit each other, or a weight is no finite number in <paramref name="precision"/>.
    /// </exception>
    public static string Save(string path, Checkpoint checkpoint, WeightPrecision precision = WeightPrecision.Single) =>
        CheckpointWriter.Write(path, checkpoint, precision);

    /// <summary>Reads a model file and checks all that can be checked without its network.</summary>
    /// <param name="path">A file of <see cref="Save"/>.</param>
    /// <param name="expectedSha256">What the source of the file says <c>sha256sum</c> prints; not compared if null.</param>
    /// <returns>Weights are float32 on the CPU, in no dispose scope: dispose of the checkpoint.</returns>
    /// <exception cref="CheckpointException">
    /// The file is cut off, changed, of another format, of a newer version, not the expected one, or its parts do not fit
    /// each other.
    /// </exception>
    /// <exception cref="LibtorchException">There is no libtorch here.</exception>
    public static Checkpoint Load(string path, string? expectedSha256 = null)
    {
        Libtorch.Require();
        return CheckpointReader.Read(path, expectedSha256);
    }

    /// <summary>Checks a model file as <see cref="Load"/> does.</summary>
    /// <returns>Its checksum.</returns>
    /// <inheritdoc cref="Load"/>
    public static string Verify(string path, string? expectedSha256 = null)
    {
        using Checkpoint checkpoint = Load(path, expectedSha256);
        return checkpoint.Checksum!;
    }
}

/// <summary>How a file stores weights. They are loaded as float32 in any case.</summary>
public enum WeightPrecision
{
    /// <summary>float32: as trained.</summary>
    Single,

    /// <summary>bfloat16: half the size, about 2 significant digits, the range of float32.</summary>
    BFloat16,

    /// <summary>float16: half the size, about 3 significant digits, at most 65504.</summary>
    Half,
}

/// <summary>The metadata keys of a model file.</summary>
internal static class CheckpointMetadata
{
    public const string Format = "format";
    public const string FormatName = "kagome";
    public const string Version = "version";
    public const string Network = "network";
    public const string Process = "process";
    public const string Flow = "flow";
    public const string LabelScaler = "label_scaler";
    public const string Ensemble = "ensemble";
    public const string Provenance = "provenance";
}

/// <summary>The parts of a model file that are JSON.</summary>
/// <remarks>
/// <para>Strict: an unknown field of a network changes what its weights mean, so it comes with a new version.</para>
/// <para>By reflection, not by generated code, which forgets the default values of properties that a file leaves out.</para>
/// </remarks>
internal static class CheckpointJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static string Write<T>(T part) => JsonSerializer.Serialize(part, Options);

    /// <exception cref="JsonException">The text is not what <typeparamref name="T"/> is written as.</exception>
    public static T Read<T>(string text)
        where T : class => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("It is null.");
}

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

    public static IEnumerable<(string Name, IReadOnlyList<double> Values)> Of(NoiseSchedules? schedules) =>
        schedules is null
            ? []
            :
            [
                (LatticeBetas, schedules.LatticeBetas),
                (LatticeAlphas, schedules.LatticeAlphas),
                (LatticeAlphaProducts, schedules.LatticeAlphaProducts),
                (LatticeSigmas, schedules.LatticeSigmas),
                (CoordinateSigmas, schedules.CoordinateSigmas),
                (CoordinateScoreNorms, schedules.CoordinateScoreNorms),
            ];

    /// <param name="path">The file, for errors.</param>
    /// <param name="tensors">Tensors of floating point, by the names above.</param>
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
