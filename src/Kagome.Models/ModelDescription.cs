using Kagome.Networks;
using Kagome.Processes.Schedules;

namespace Kagome.Models;

/// <summary>What a model file says of itself; the checksum is what <c>sha256sum</c> prints, the parameters are what was learned.</summary>
/// <param name="Path">Of the file, as it was given.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="Checksum">What <c>sha256sum</c> prints of the file.</param>
/// <param name="ParameterCount">Numbers that were learned, of all networks; the element table is none.</param>
/// <param name="Provenance">Where the networks come from and what they have seen.</param>
/// <param name="Network">The shape of each network.</param>
/// <param name="Process">How noise grew in training.</param>
/// <param name="LabelScaler">How labels were standardised; null for networks that predict none.</param>
/// <param name="Ensemble">What several networks predict together; null for one network.</param>
public sealed record ModelDescription(
    string Path,
    long Bytes,
    string Checksum,
    long ParameterCount,
    Provenance Provenance,
    CrysformerConfiguration Network,
    DiffusionConfiguration Process,
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
            model.Process,
            model.LabelScaler,
            model.Ensemble
        );
    }
}
