namespace Kagome.Checkpoints.TorchArchives;

/// <summary>The name of a Python class or function. It stands for nothing: names are never looked up.</summary>
public sealed class PickledGlobal(string name)
{
    /// <summary>Module and name, such as "torch.FloatStorage".</summary>
    public string Name { get; } = name;
}
