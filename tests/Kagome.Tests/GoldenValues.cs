using System.Text.Json;
using Kagome.Models.OfficialDao;
using Kagome.Networks;
using Kagome.Processes.Diffusion;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Tests;

/// <summary>
/// Values of an independent, plain implementation (PyTorch, float64, one crystal at a time) and the checkpoint that they were made with.
/// </summary>
internal sealed class GoldenValues : IDisposable
{
    private readonly ImportedCheckpoint imported;
    private readonly JsonDocument document;

    public GoldenValues()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Data");
        document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "crysformer.json")));
        imported = OfficialCheckpoint.Import(Path.Combine(folder, "official-style.ckpt"));
        Process = new DiffusionProcess(imported.Checkpoint.Schedules!);
    }

    public DiffusionProcess Process { get; }

    public Crysformer Network(ScalarType type)
    {
        Crysformer network = imported.Checkpoint.CreateNetwork();
        network.to(type);
        return network;
    }

    public IEnumerable<JsonElement> Entries(string section) =>
        document.RootElement.GetProperty(section).EnumerateArray();

    public double[] Schedule(string name) =>
        [.. Numbers(document.RootElement.GetProperty("schedules").GetProperty(name))];

    /// <summary>The crystal of a name, as the forward section gives it: a batch of one.</summary>
    public (Tensor AtomicNumbers, Tensor Coordinates, Tensor Lattices) Crystal(string name, ScalarType type)
    {
        JsonElement entry = Entries("forward").First(entry => entry.GetProperty("name").GetString() == name);
        return (
            AtomicNumbers(entry),
            Read(entry.GetProperty("frac_coords"), type),
            Read(entry.GetProperty("lattice"), type)
        );
    }

    public static Tensor AtomicNumbers(JsonElement entry) =>
        tensor(Numbers(entry.GetProperty("atom_types")).Select(number => (long)number).ToArray()).unsqueeze(0);

    /// <summary>An array of any depth, as a batch of one.</summary>
    public static Tensor Read(JsonElement array, ScalarType type)
    {
        List<long> shape = [1];
        for (JsonElement level = array; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            shape.Add(level.GetArrayLength());
        }

        return tensor(Numbers(array).ToArray(), dtype: ScalarType.Float64).view([.. shape]).to(type);
    }

    public void Dispose()
    {
        imported.Checkpoint.Dispose();
        document.Dispose();
    }

    private static IEnumerable<double> Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Numbers) : [element.GetDouble()];
}
