using Kagome.Cli.Output;
using Kagome.Reports.Plots;

namespace Kagome.Cli.Energies;

/// <summary>Writes energies into a folder: energies.csv, energies.json and, with labels, a parity plot, each whole or not at all.</summary>
internal sealed class EnergyFolder
{
    private readonly string path;

    private EnergyFolder(string path) => this.path = path;

    /// <summary>Makes the folder, before the work.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static EnergyFolder Prepare(string path)
    {
        Directory.CreateDirectory(path);
        return new EnergyFolder(path);
    }

    public void Write(EnergyModel model, EnergySummary summary, IReadOnlyList<EnergyPrediction> predictions)
    {
        using StringWriter csv = new();
        EnergyCsv.Write(csv, predictions);
        OutputFile.Write(Path.Combine(path, "energies.csv"), csv.ToString());
        string document = JsonText.Format(EnergyDocument.Of(model, summary, predictions));
        OutputFile.Write(Path.Combine(path, "energies.json"), document + "\n");
        EnergyPrediction[] compared =
        [
            .. predictions.Where(prediction => prediction is { Energy: not null, Label: not null }),
        ];
        if (compared.Length > 0)
        {
            Figure figure = EnergyParityPlot.Draw(
                [.. compared.Select(prediction => prediction.Label!.Value)],
                [.. compared.Select(prediction => prediction.Energy!.Value)],
                model.Scaler.LabelName,
                model.Scaler.Unit
            );
            OutputFile.Write(Path.Combine(path, figure.PngName), figure.Png());
            OutputFile.Write(Path.Combine(path, figure.SvgName), figure.Svg());
        }
    }
}
