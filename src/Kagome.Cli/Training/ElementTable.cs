using static TorchSharp.torch;

namespace Kagome.Cli.Training;

/// <summary>Element features as the network takes them.</summary>
internal static class ElementTable
{
    public static Tensor Create()
    {
        string[] rows = File.ReadAllLines("/tmp/element_table.csv");
        return tensor(rows.SelectMany(r => r.Split(',').Select(float.Parse)).ToArray()).view(101, 92);
    }
}
