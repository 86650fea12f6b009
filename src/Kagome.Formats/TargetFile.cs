using System.IO.Compression;
using System.Text;
using Kagome.Formats.Reading;

namespace Kagome.Formats;

/// <summary>A text file that is whole or not there: written under a temporary name in the same folder, compressed where its name ends in .gz.</summary>
public sealed class TargetFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private readonly StreamWriter writer;

    /// <exception cref="StructureFormatException">The folder is absent or may not be written to.</exception>
    public TargetFile(string path)
    {
        this.path = path;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        StreamWriter? created = null;
        Guard(() => created = Create(temporary, SourceFile.IsCompressed(path)));
        writer = created!;
    }

    /// <summary>Writes a whole file.</summary>
    /// <exception cref="StructureFormatException">The disk is full, or the folder is absent or may not be written to.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        using TargetFile target = new(path);
        target.Append(write);
        target.Complete();
    }

    /// <summary>Writes the next part.</summary>
    /// <exception cref="StructureFormatException">The disk is full.</exception>
    public void Append(Action<TextWriter> write) => Guard(() => write(writer));

    /// <summary>Ends the writing: the file appears under its name, in place of one that was there.</summary>
    /// <exception cref="StructureFormatException">The disk is full, or the name is that of a folder.</exception>
    public void Complete() =>
        Guard(() =>
        {
            writer.Dispose();
            File.Move(temporary, path, overwrite: true);
        });

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose()
    {
        try
        {
            writer.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the reason why writing failed matters more than what is left of it
        }

        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the same
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
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

    private static StreamWriter Create(string path, bool isCompressed)
    {
        FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        Stream content = isCompressed ? new GZipStream(file, CompressionLevel.Optimal) : file;
        return new StreamWriter(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
