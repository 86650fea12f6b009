using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>A text file of crystals, written in parts where the format allows it.</summary>
internal sealed class TextTarget(string path, ITextFormat format) : ICrystalSink
{
    private const int ChunkLength = 256;

    private readonly TargetFile target = new(path);
    private readonly List<CrystalRecord> waiting = [];

    public void Add(CrystalRecord record)
    {
        waiting.Add(record);
        if (format.CanAppend && waiting.Count == ChunkLength)
        {
            Flush();
        }
    }

    public void Complete()
    {
        Flush();
        target.Complete();
    }

    public void Dispose() => target.Dispose();

    private void Flush()
    {
        if (waiting.Count > 0)
        {
            target.Append(writer => format.Write(writer, waiting));
            waiting.Clear();
        }
    }
}
