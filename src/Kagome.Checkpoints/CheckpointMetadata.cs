namespace Kagome.Checkpoints;

/// <summary>The metadata keys of a model file.</summary>
internal static class CheckpointMetadata
{
    public const string Format = "format";
    public const string FormatName = "kagome";
    public const string Version = "version";
    public const string Network = "network";
    public const string Process = "process";
    public const string LabelScaler = "label_scaler";
    public const string Ensemble = "ensemble";
    public const string Provenance = "provenance";
}
