using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Formats.Text;

namespace Kagome.Campaigns.Merging;

/// <summary>A data set in a format that takes little memory.</summary>
internal sealed class DataSetSink(DataSetWriter writer) : ICrystalSink
{
    public void Add(CrystalRecord record) => writer.Add(record);

    public void Complete() => writer.Complete();

    public void Dispose() => writer.Dispose();
}
