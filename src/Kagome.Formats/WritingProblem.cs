namespace Kagome.Formats;

/// <summary>What the operating system has against writing a file, as a problem of that file.</summary>
internal static class WritingProblem
{
    /// <exception cref="StructureFormatException">The disk is full, or the folder is absent or may not be written to.</exception>
    public static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StructureFormatException(
                path,
                line: null,
                $"cannot be written: {exception.Message} Check that the folder exists, that you may write to it, and that the disk has space.",
                innerException: exception
            );
        }
    }
}
