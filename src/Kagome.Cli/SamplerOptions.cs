using System.CommandLine;
using System.Globalization;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Sampling.Generation;

namespace Kagome.Cli;

/// <summary>The options of whatever samples structures.</summary>
internal sealed class SamplerOptions
{
    /// <summary>Finds more of the textbook crystals than 1, and ranks more of them first: docs/experiments.md.</summary>
    public const double SearchTemperature = 0.5;

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

    private static readonly SamplerSettings Standard = new();

    private readonly Option<int> steps = NumberOption.PositiveNumber(
        "--steps",
        "Steps of the sampler: fewer are faster and less exact (docs/sampling.md).",
        Standard.Steps
    );

    private readonly Option<int> correctorInterval = new("--corrector-every")
    {
        Description = "Correct coordinates before every so many-th step; 0 for never, which halves the time.",
        DefaultValueFactory = _ => Standard.CorrectorInterval,
    };

    private readonly Option<double> correctorStep = new("--corrector-step")
    {
        Description = "How far corrections go: 1e-5 for MP-20; papers take 5e-7 for Perov-5 and 5e-6 for Carbon-24.",
        DefaultValueFactory = _ => Standard.CorrectorStepSize,
    };

    private readonly Option<string> latticeUpdate = new("--lattice-update")
    {
        Description = "ancestral (new noise in every step) or deterministic (DDIM).",
        DefaultValueFactory = _ => "ancestral",
    };

    private readonly Option<double> temperature = new("--temperature")
    {
        Description = "Of the sampler's noise: below 1, likelier and less varied structures (docs/sampling.md).",
    };

    private readonly Option<string> precision = new("--precision")
    {
        Description = "Of the large products: float32, bfloat16, or auto for bfloat16 where the processor has it.",
        DefaultValueFactory = _ => "auto",
    };

    /// <param name="usualTemperature">The default of --temperature: 1 to measure what a model has learned, <see cref="SearchTemperature"/> to find structures.</param>
    public SamplerOptions(double usualTemperature = 1)
    {
        temperature.DefaultValueFactory = _ => usualTemperature;
        latticeUpdate.AcceptOnlyFromAmong([.. Updates.Keys]);
        precision.AcceptOnlyFromAmong([.. Precisions.Keys]);
        correctorInterval.Validators.Add(result =>
        {
            string? token = result.Tokens.SingleOrDefault()?.Value;
            if (token is not null && (!int.TryParse(token, CultureInfo.InvariantCulture, out int value) || value < 0))
            {
                result.AddError($"--corrector-every is '{token}'; expected a whole number from 0.");
            }
        });
        RequireAbove0(correctorStep, "1e-5");
        RequireAbove0(temperature, "0.5");
    }

    private static void RequireAbove0(Option<double> option, string example) =>
        option.Validators.Add(result =>
        {
            string? token = result.Tokens.SingleOrDefault()?.Value;
            bool isAbove0 =
                double.TryParse(token, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number)
                && number > 0;
            if (token is not null && !isAbove0)
            {
                result.AddError($"{option.Name} is '{token}'; expected a number above 0, such as {example}.");
            }
        });

    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                steps,
                correctorInterval,
                correctorStep,
                latticeUpdate,
                temperature,
                precision,
            }
        )
        {
            command.Options.Add(option);
        }
    }

    public SamplerSettings Read(ParseResult parsed) =>
        new()
        {
            Steps = parsed.GetValue(steps),
            CorrectorInterval = parsed.GetValue(correctorInterval),
            CorrectorStepSize = parsed.GetValue(correctorStep),
            Temperature = parsed.GetValue(temperature),
            LatticeUpdate = Updates[parsed.GetRequiredValue(latticeUpdate)],
            Precision = Precisions[parsed.GetRequiredValue(precision)],
        };
}
