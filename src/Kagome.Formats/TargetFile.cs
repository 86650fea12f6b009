using System.IO.Compression;
using System.Text;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>A text file that is whole or not there: written under a temporary name in the same folder, compressed where its name ends in .gz.</summary>
public sealed class TargetFile : IDisposable
{
    private readonly string path;
    private readonly AtomicFile file;
    private readonly StreamWriter writer;
    private bool isWritten;
    private bool isComplete;

    /// <exception cref="StructureFormatException">The folder is absent or may not be written to.</exception>
    public TargetFile(string path)
    {
        this.path = path;
        if (!Compression.IsWritable(path))
        {
            throw new StructureFormatException(
                path,
                line: null,
                $"files that end in {Path.GetExtension(path)} are read and not written; let the name end in .gz, or in no compression."
            );
        }

        AtomicFile? created = null;
        WritingProblem.Guard(path, () => created = new AtomicFile(path));
        file = created!;
        writer = Create(file.Content, Compression.IsCompressed(path));
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
    public void Append(Action<TextWriter> write) => WritingProblem.Guard(path, () => write(writer));

    /// <summary>Ends the writing: the file appears under its name, in place of one that was there.</summary>
    /// <exception cref="StructureFormatException">The disk is full, or the name is that of a folder.</exception>
    public void Complete() =>
        WritingProblem.Guard(
            path,
            () =>
            {
                writer.Dispose();
                isWritten = true;
                file.Complete();
                isComplete = true;
            }
        );

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose()
    {
        if (!isComplete)
        {
            if (!isWritten)
            {
                AtomicFile.TryTo(writer.Dispose);
            }

            file.Dispose();
        }
    }

    /// <summary>Creates a writer that leaves the file open, whose end is not the end of its content where it is compressed.</summary>
    private static StreamWriter Create(Stream file, bool isCompressed)
    {
        Stream content = isCompressed ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : file;
        return new StreamWriter(
            content,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: !isCompressed
        );
    }
}
