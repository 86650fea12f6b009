namespace Kagome.Checkpoints.TorchArchives;

/// <summary>A pickle that is malformed or beyond what we read; becomes a <see cref="CheckpointException"/> with its file.</summary>
internal sealed class PickleException(string message) : Exception(message);
