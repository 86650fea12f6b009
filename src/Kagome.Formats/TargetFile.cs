using System.IO.Compression;
using System.Text;
using Kagome.Formats.Reading;

namespace Kagome.Formats;

/// <summary>Writes files that are whole or not there: under a temporary name in the same folder first.</summary>
internal static class TargetFile
{
    /// <exception cref="StructureFormatException">The disk is full, or the folder is absent or may not be written to.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (TextWriter writer = Create(temporary, SourceFile.IsCompressed(path)))
            {
                write(writer);
            }

            File.Move(temporary, path, overwrite: true);
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
        finally
        {
            Remove(temporary);
        }
    }

    private static StreamWriter Create(string path, bool isCompressed)
    {
        FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        Stream content = isCompressed ? new GZipStream(file, CompressionLevel.Optimal) : file;
        return new StreamWriter(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the reason why writing failed matters more than what is left of it
        }
    }
}
