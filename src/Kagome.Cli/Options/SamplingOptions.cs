using System.CommandLine;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>The options of whatever samples structures.</summary>
/// <param name="usualTemperature">What help says that --temperature is where it is not given.</param>
internal sealed class SamplingOptions(string usualTemperature = "0.5 of diffusion, 0.1 of a flow")
{
    private static readonly Dictionary<string, ProductPrecision> Precisions = new(StringComparer.Ordinal)
    {
        ["auto"] = ProductPrecision.Auto,
        ["float32"] = ProductPrecision.Full,
        ["bfloat16"] = ProductPrecision.BFloat16,
    };

    private static readonly Dictionary<string, LatticeUpdate> Updates = new(StringComparer.Ordinal)
    {
        ["ancestral"] = LatticeUpdate.Ancestral,
        ["deterministic"] = LatticeUpdate.Deterministic,
    };

    private static readonly SamplerOptions Standard = new();

    private readonly Option<int?> steps = PositiveNumber(
        "--steps",
        "Steps of the sampler: fewer are faster and less exact (docs/sampling.md). Without it 250 of diffusion, 50 of a flow."
    );

    private readonly Option<int> correctorInterval = Value(
            "--corrector-every",
            "Correct coordinates before every so many-th step; 0 for never, which halves the time. Models of a flow have no corrections.",
            Standard.CorrectorInterval
        )
        .Requiring(token => IsWhole(token, 0), "a whole number from 0.");

    private readonly Option<double> correctorStep = Value(
            "--corrector-step",
            "How far corrections go: 1e-5 for MP-20; papers take 5e-7 for Perov-5 and 5e-6 for Carbon-24.",
            Standard.CorrectorStepSize
        )
        .Requiring(token => IsNumber(token, takesZero: false), "a number above 0, such as 1e-5.");

    private readonly Option<string> latticeUpdate = Choice(
        "--lattice-update",
        "ancestral (new noise in every step) or deterministic (DDIM; of a flow, its velocity alone).",
        Updates.Keys,
        "ancestral"
    );

    private readonly Option<double?> temperature = Value<double?>(
            "--temperature",
            $"Of the sampler's noise: below 1, likelier and less varied structures (docs/sampling.md). Without it {usualTemperature}."
        )
        .Requiring(token => IsNumber(token, takesZero: false), "a number from 0.001 to 10, such as 0.5.");

    private readonly Option<bool> secondOrder = new("--second-order")
    {
        Description =
            "Each step of a flow looks ahead and takes the mean of two velocities (Heun): more exact, twice the time. Models of diffusion pass it over.",
    };

    private readonly Option<string> precision = Choice(
        "--precision",
        "Of the large products: float32, bfloat16, or auto for bfloat16 where the processor has it.",
        Precisions.Keys,
        "auto"
    );

    public IEnumerable<Option> All =>
        [steps, correctorInterval, correctorStep, latticeUpdate, temperature, secondOrder, precision];

    public SamplerOptions Read(ParseResult parsed) =>
        new()
        {
            Steps = parsed.GetValue(steps),
            CorrectorInterval = parsed.GetValue(correctorInterval),
            CorrectorStepSize = parsed.GetValue(correctorStep),
            Temperature = parsed.GetValue(temperature),
            LatticeUpdate = Updates[parsed.GetRequiredValue(latticeUpdate)],
            SecondOrder = parsed.GetValue(secondOrder),
            Precision = Precisions[parsed.GetRequiredValue(precision)],
        };
}
