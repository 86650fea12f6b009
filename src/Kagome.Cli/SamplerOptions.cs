using System.CommandLine;
using System.Globalization;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Sampling.Generation;

namespace Kagome.Cli;

/// <summary>The options of whatever samples structures.</summary>
internal sealed class SamplerOptions
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

    private readonly Option<string> latticeUpdate = new("--lattice-update")
    {
        Description = "ancestral (new noise in every step) or deterministic (DDIM).",
        DefaultValueFactory = _ => "ancestral",
    };

    private readonly Option<string> precision = new("--precision")
    {
        Description = "Of the large products: float32, bfloat16, or auto for bfloat16 where the processor has it.",
        DefaultValueFactory = _ => "auto",
    };

    public SamplerOptions()
    {
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
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { steps, correctorInterval, latticeUpdate, precision })
        {
            command.Options.Add(option);
        }
    }

    public SamplerSettings Read(ParseResult parsed) =>
        new()
        {
            Steps = parsed.GetValue(steps),
            CorrectorInterval = parsed.GetValue(correctorInterval),
            LatticeUpdate = Updates[parsed.GetRequiredValue(latticeUpdate)],
            Precision = Precisions[parsed.GetRequiredValue(precision)],
        };
}
