using System.Text.Json.Serialization;
using Kagome.Networks;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;

namespace Kagome.Models;

/// <summary>What a model file says of itself; the checksum is what <c>sha256sum</c> prints, the parameters are what was learned.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Checksum">What <c>sha256sum</c> prints of it.</param>
/// <param name="ParameterCount">How many numbers were learned.</param>
/// <param name="Provenance">Where the network comes from and what it has seen.</param>
/// <param name="Network">Its sizes.</param>
/// <param name="Diffusion">The noise that it takes away; null for a flow.</param>
/// <param name="Flow">The flow that it follows; null for diffusion.</param>
/// <param name="LabelScaler">How labels were standardised; null where there are none, or the ensemble has its own.</param>
/// <param name="Ensemble">What several networks predict together; null for a single network.</param>
public sealed record ModelDescription(
    string Path,
    long Bytes,
    [property: JsonPropertyName("sha256")] string Checksum,
    long ParameterCount,
    Provenance Provenance,
    CrysformerConfiguration Network,
    DiffusionConfiguration? Diffusion,
    FlowConfiguration? Flow,
    LabelScaler? LabelScaler,
    PropertyEnsemble? Ensemble
)
{
    /// <summary>Reads a whole model file, so that a damaged one is noticed.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or not the one that its folder's SHA256SUMS states.</exception>
    public static ModelDescription Read(string path)
    {
        using Checkpoint model = CheckpointFile.Load(path, ModelCatalog.ExpectedChecksum(path));
        return new ModelDescription(
            path,
            new FileInfo(path).Length,
            model.Checksum!,
            model
                .Weights.Where(weight => weight.Key != CrysformerLayout.ElementTable)
                .Sum(weight => weight.Value.NumberOfElements),
            model.Provenance,
            model.Network,
            model.Process as DiffusionConfiguration,
            model.Process as FlowConfiguration,
            model.LabelScaler,
            model.Ensemble
        );
    }
}
