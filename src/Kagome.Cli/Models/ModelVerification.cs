using Kagome.Checkpoints;

namespace Kagome.Cli.Models;

/// <summary>Whether a model file is the one that it should be.</summary>
/// <param name="Name">What people type for it.</param>
/// <param name="IsListed">Whether the folder's SHA256SUMS states a checksum; else only the file's own seal was checked.</param>
/// <param name="Problem">What is wrong with it; null where it is intact.</param>
internal sealed record ModelVerification(string Name, bool IsListed, string? Problem)
{
    public bool IsIntact => Problem is null;

    /// <summary>Reads the file and compares its checksum.</summary>
    public static ModelVerification Of(string path)
    {
        string? expected = ModelLocation.ExpectedChecksum(path);
        try
        {
            CheckpointFile.Verify(path, expected);
            return new ModelVerification(ModelLocation.Name(path), expected is not null, Problem: null);
        }
        catch (Exception exception)
            when (exception is CheckpointException or IOException or UnauthorizedAccessException)
        {
            return new ModelVerification(ModelLocation.Name(path), expected is not null, exception.Message);
        }
    }

    /// <summary>All models that came with the program, those included that are listed but absent.</summary>
    public static IEnumerable<ModelVerification> OfShipped()
    {
        string folder = ModelLocation.ShippedFolder;
        IEnumerable<string> listed = ModelChecksums
            .Of(folder)
            .FileNames.Where(name => name.EndsWith(ModelLocation.Extension, StringComparison.Ordinal))
            .Select(name => Path.Combine(folder, name));
        return ModelLocation.Shipped.Union(listed).Order(StringComparer.Ordinal).Select(Of);
    }
}
