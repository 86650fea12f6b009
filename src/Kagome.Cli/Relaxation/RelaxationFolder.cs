using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Relaxation;

/// <summary>Writes relaxed.jsonl, a data set with the names, splits and labels of the originals, and relaxation.json.</summary>
/// <remarks>Crystals are written as they come, to a temporary name; the files appear when all is done.</remarks>
internal sealed class RelaxationFolder : IDisposable
{
    private const string CrystalsName = "relaxed.jsonl";
    private const string DocumentName = "relaxation.json";

    private readonly string path;
    private readonly string temporary;
    private readonly StreamWriter writer;

    private RelaxationFolder(string path)
    {
        this.path = path;
        temporary = Path.Combine(path, $".{CrystalsName}.{Guid.NewGuid():N}.tmp");
        writer = new StreamWriter(temporary);
    }

    /// <summary>Makes the folder and finds out, before the work, whether it can be written to.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static RelaxationFolder Prepare(string path)
    {
        Directory.CreateDirectory(path);
        return new RelaxationFolder(path);
    }

    /// <summary>Adds crystals with what they are called and labelled in their source, and their energies as labels of their own.</summary>
    public void Add(IReadOnlyList<CrystalRecord> originals, IReadOnlyList<RelaxationReport> reports) =>
        StructureFormats
            .ByName("jsonl")
            .Write(writer, [.. originals.Zip(reports, (original, report) => report.Relabel(original))]);

    public void Finish(RelaxationDocument document)
    {
        writer.Dispose();
        File.Move(temporary, Path.Combine(path, CrystalsName), overwrite: true);
        OutputFile.Write(Path.Combine(path, DocumentName), JsonText.Format(document) + "\n");
    }

    public void Dispose()
    {
        writer.Dispose();
        File.Delete(temporary);
    }
}
