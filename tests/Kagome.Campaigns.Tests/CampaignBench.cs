using Kagome.Testing;
using Kagome.Tests;

namespace Kagome.Campaigns.Tests;

/// <summary>Campaigns of made-up results in a folder of their own.</summary>
public sealed class CampaignBench : IDisposable
{
    private static readonly string[] Metals = ["Li", "Na", "K", "Be", "Mg", "Ca", "Sc", "Ti", "V", "Cr", "Mn", "Fe"];
    private static readonly string[] Others = ["O", "F", "S", "Cl", "N", "P"];

    private readonly TemporaryFolder folder = new();
    private readonly TinyModels models = new();
    private readonly CrystalPredictor predictor;

    public CampaignBench() => predictor = models.Predictor(threads: 1);

    public CrystalPredictor Predictor => predictor;

    public ModelOptions Models => models.Options;

    /// <summary>Fast, and of the tiny models' few noise levels.</summary>
    public static PredictionOptions Prediction { get; } =
        new()
        {
            Candidates = CandidateSources.Generated,
            Samples = 2,
            Sampler = new SamplerOptions { Steps = 4 },
        };

    public string this[string name] => folder[name];

    /// <summary>Different formulas.</summary>
    public static string[] Formulas(int count) =>
        [
            .. Metals
                .SelectMany(metal => Others.Select(other => $"{metal}{other}"))
                .Concat(Metals.SelectMany(metal => Others.Select(other => $"{metal}{other}2")))
                .Take(count),
        ];

    public static IEnumerable<FormulaLine> Lines(IEnumerable<string> texts) =>
        texts.Select(
            (text, at) =>
                new FormulaLine(
                    at + 1,
                    text.Split(' ')[0],
                    text.Contains(' ') ? int.Parse(text.Split(' ')[1], null) : null
                )
        );

    public Campaign Plan(string name, int formulas, int shardSize = 4, int crystals = 3) =>
        Plan(name, Formulas(formulas), shardSize, crystals);

    internal Campaign Plan(string name, IEnumerable<string> formulas, int shardSize = 4, int crystals = 3) =>
        CampaignPlanner.Create(
            folder[name],
            Lines(formulas),
            new CampaignSettings
            {
                ShardSize = shardSize,
                Crystals = crystals,
                Prediction = Prediction,
            },
            predictor,
            Models
        );

    /// <summary>Made-up results; formulas of scandium fail.</summary>
    internal static Task<FormulaResult> Predict(CampaignFormula formula, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(
            formula.Formula.StartsWith("Sc", StringComparison.Ordinal)
                ? SyntheticResults.Failed(formula, "scandium is short")
                : SyntheticResults.Of(formula, 1 + (formula.Index % 3))
        );
    }

    internal static CampaignRunner Runner(
        Campaign campaign,
        Func<CampaignFormula, CancellationToken, Task<FormulaResult>>? predict = null
    ) => new(campaign, predict ?? Predict, TimeProvider.System) { FormulasAtOnce = 2 };

    /// <summary>Every file of results, by its name.</summary>
    public static Dictionary<string, string> Results(Campaign campaign) =>
        Directory
            .EnumerateFiles(Path.Combine(campaign.Folder, "shards"))
            .ToDictionary(
                path => Path.GetFileName(path),
                path => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))),
                StringComparer.Ordinal
            );

    public void Dispose()
    {
        predictor.Dispose();
        models.Dispose();
        folder.Dispose();
    }
}
