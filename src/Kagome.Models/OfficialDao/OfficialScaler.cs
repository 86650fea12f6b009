using Kagome.Models.TorchArchives;
using static TorchSharp.torch;

namespace Kagome.Models.OfficialDao;

/// <summary>Reads the pickled scaler that lies beside a released checkpoint.</summary>
internal static class OfficialScaler
{
    public const string FileName = "prop_scaler.pt";

    /// <exception cref="CheckpointException">The file holds no single mean and standard deviation.</exception>
    public static LabelScaler Read(string path, ISet<string> skippedClasses)
    {
        using TorchArchive archive = TorchArchive.Open(path);
        skippedClasses.UnionWith(archive.Skipped.Keys);
        LabelScaler scaler = new()
        {
            Mean = Number(path, archive, "means"),
            StandardDeviation = Number(path, archive, "stds"),
            LabelName = LabelScaler.EnergyAboveHull,
            Unit = "eV/atom",
        };
        return scaler.IsValid
            ? scaler
            : throw new CheckpointException(path, $"{scaler} is no scale; expected a standard deviation above 0.");
    }

    private static double Number(string path, TorchArchive archive, string name)
    {
        if (
            archive.Root is not PickledObject { State: PickledDictionary state }
            || !state.TryGetValue(name, out object? value)
            || value is not PickledTensor tensor
            || tensor.Shape.Aggregate(1L, (product, length) => product * length) != 1
        )
        {
            throw new CheckpointException(path, $"no label scaler; expected an object with one number as '{name}'.");
        }

        using Tensor number = archive.Load(tensor);
        using Tensor real = number.to(ScalarType.Float64);
        return real.item<double>();
    }
}
