using System.Reflection;
using Kagome.Prototypes;

namespace Kagome.Campaigns;

/// <summary>What a campaign's results come from: they would not be of one piece if some came from others.</summary>
/// <param name="Program">Name, version and commit of the library.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Generator">What makes structures.</param>
/// <param name="Predictor">What energies come from; null where nothing does.</param>
/// <param name="Libraries">Of known structure types.</param>
/// <param name="Ranker">What ranks these; null where the likeness of elements does.</param>
public sealed record CampaignModels(
    string Program,
    string Device,
    CampaignModels.ModelFile Generator,
    CampaignModels.ModelFile? Predictor,
    IReadOnlyList<CampaignModels.ModelFile> Libraries,
    CampaignModels.ModelFile? Ranker
)
{
    /// <summary>A file that results depend on.</summary>
    /// <param name="Name">A name, or a full path.</param>
    /// <param name="Sha256">What <c>sha256sum</c> prints of it.</param>
    public sealed record ModelFile(string Name, string Sha256);

    /// <summary>What has to be loaded to go on.</summary>
    /// <param name="folder">Where names are looked up; null for what came along.</param>
    public ModelOptions ToOptions(string? folder = null) =>
        new()
        {
            Generator = Generator.Name,
            Predictor = Predictor?.Name ?? ModelOptions.None,
            Prototypes =
                Libraries.Count == 0
                    ? null
                    : new KnownStructureOptions
                    {
                        Libraries = [.. Libraries.Select(library => library.Name)],
                        Ranker = Ranker?.Name ?? KnownStructureOptions.None,
                    },
            Device = Device,
            Folder = folder,
        };

    /// <summary>What is loaded.</summary>
    /// <param name="predictor">Loaded by the options.</param>
    /// <param name="options">Names what was loaded.</param>
    internal static CampaignModels Of(CrystalPredictor predictor, ModelOptions options)
    {
        KnownStructureOptions named = options.Prototypes ?? new KnownStructureOptions();
        return new CampaignModels(
            OwnProgram,
            options.Device,
            new ModelFile(FullName(options.Generator), predictor.Checksum),
            predictor.Energies is { } energies
                ? new ModelFile(FullName(options.Predictor ?? ModelOptions.DefaultPredictor), energies.Checksum)
                : null,
            predictor.Prototypes is { } known
                ?
                [
                    .. named.Libraries.Zip(
                        known.ComputeChecksums(),
                        (name, checksum) => new ModelFile(FullName(name), checksum)
                    ),
                ]
                : [],
            predictor.Prototypes?.Ranker is { } ranker ? new ModelFile(FullName(named.Ranker), ranker.Checksum) : null
        );
    }

    /// <summary>This library, its version and commit.</summary>
    internal static string OwnProgram { get; } =
        $"kagome {typeof(CrystalPredictor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    /// <summary>Refuses what is loaded where it is not what the plan names.</summary>
    /// <param name="campaign">The campaign's folder, for the message.</param>
    /// <param name="loaded">What there is.</param>
    /// <exception cref="InputException">Something differs.</exception>
    internal void Require(string campaign, CampaignModels loaded)
    {
        (string Thing, string Planned, string Now)[] all =
        [
            ("the program", Program, loaded.Program),
            ("the device", Device, loaded.Device),
            ("the generator", Text(Generator), Text(loaded.Generator)),
            ("the predictor", Text(Predictor), Text(loaded.Predictor)),
            ("known structure types", Text([.. Libraries]), Text([.. loaded.Libraries])),
            ("the ranker", Text(Ranker), Text(loaded.Ranker)),
        ];
        if (all.FirstOrDefault(part => part.Planned != part.Now) is { Thing: { } thing, Planned: var planned } other)
        {
            throw new InputException(
                $"{campaign} was planned with other models: {thing} was {planned}, and is {other.Now} now. Results of both would be mixed; go on with what it was planned with, or plan a new campaign.",
                campaign
            );
        }
    }

    private static string Text(params ModelFile?[] files) =>
        files.All(file => file is null)
            ? "none"
            : string.Join(" and ", files.Select(file => $"that of SHA-256 {file!.Sha256}"));

    /// <summary>A file is found from any folder; a name is looked up.</summary>
    private static string FullName(string name) => File.Exists(name) ? Path.GetFullPath(name) : name;
}
