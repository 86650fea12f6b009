using Kagome.Crystals.Structures;
using Kagome.Formats.Optimade;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>OPTIMADE's JSON lines of any number of crystals, written as they come: their labels are told before the first.</summary>
/// <remarks>The file is whole or not there. Not for several threads.</remarks>
public sealed class OptimadeFile : ICrystalSink
{
    private readonly TargetFile target;
    private readonly Dictionary<string, string> fields;

    /// <param name="path">Of the file; .gz is compressed.</param>
    /// <param name="labels">Of all crystals that follow; each of these may lack some of them.</param>
    /// <exception cref="StructureFormatException">The file cannot be written.</exception>
    public OptimadeFile(string path, IEnumerable<string> labels)
    {
        fields = OptimadeWriter.Fields(labels);
        target = new TargetFile(path);
        try
        {
            target.Append(writer => OptimadeWriter.WriteDescription(writer, fields, hasSplit: false));
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <summary>Writes a crystal behind those before it.</summary>
    /// <exception cref="ArgumentException">It has a split, or a label that was not told.</exception>
    /// <exception cref="StructureFormatException">The disk is full.</exception>
    public void Add(CrystalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Split is not null || record.Labels.Keys.Any(label => !fields.ContainsKey(label)))
        {
            throw new ArgumentException(
                $"{record.Id} has a split, or a label that was not told before the first crystal.",
                nameof(record)
            );
        }

        target.Append(writer => OptimadeWriter.WriteEntries(writer, fields, [record]));
    }

    /// <summary>Ends the writing: now the file is there.</summary>
    /// <exception cref="StructureFormatException">The disk is full.</exception>
    public void Complete() => target.Complete();

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose() => target.Dispose();
}
