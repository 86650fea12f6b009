namespace Kagome.Models;

/// <summary>A model file cannot be used as it is: cut off, changed, of another format or of another network.</summary>
/// <remarks>Missing files and refused access stay the exceptions of <see cref="System.IO"/>.</remarks>
public sealed class CheckpointException : KagomeException
{
    /// <param name="path">The file at fault, as the caller named it.</param>
    /// <param name="problem">What is wrong with it, and the way out; the message puts the path before it.</param>
    /// <param name="innerException">What it was found by; null where there is none.</param>
    public CheckpointException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException)
    {
        Path = path;
    }

    /// <summary>The file at fault, as the caller named it.</summary>
    public string Path { get; }
}
