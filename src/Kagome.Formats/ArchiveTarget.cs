using System.Text;
using Kagome.Crystals.Structures;
using Kagome.Formats.Archives;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>An archive with a text file for each crystal, named after it; whole or not there.</summary>
internal sealed class ArchiveTarget : ICrystalSink
{
    private readonly string path;
    private readonly ITextFormat format;
    private readonly StructureFileNamer names;
    private readonly AtomicFile file;
    private readonly ArchiveWriter archive;

    /// <exception cref="StructureFormatException">Archives of this name are not written, the format is no text, or the folder is absent or may not be written to.</exception>
    public ArchiveTarget(string path, IStructureFormat format)
    {
        this.path = path;
        this.format =
            format as ITextFormat
            ?? throw new StructureFormatException(
                path,
                line: null,
                $"archives do not hold {format.Name} databases; write the database itself, such as crystals{StructureFileNames.EndingOf(format)}."
            );
        names = new StructureFileNamer(format);
        AtomicFile? created = null;
        WritingProblem.Guard(path, () => created = new AtomicFile(path));
        file = created!;
        try
        {
            archive = Archive.Writer(path, file.Content);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Add(CrystalRecord record)
    {
        using StringWriter text = new() { NewLine = "\n" };
        format.Write(text, [record]);
        WritingProblem.Guard(path, () => archive.Add(names.Next(record), Encoding.UTF8.GetBytes(text.ToString())));
    }

    public void Complete() =>
        WritingProblem.Guard(
            path,
            () =>
            {
                archive.Dispose();
                file.Complete();
            }
        );

    public void Dispose()
    {
        AtomicFile.TryTo(archive.Dispose);
        file.Dispose();
    }
}
