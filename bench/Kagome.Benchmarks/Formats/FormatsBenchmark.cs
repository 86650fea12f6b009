using Kagome.Benchmarks.Measuring;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Formats.Text;

namespace Kagome.Benchmarks.Formats;

/// <summary>Every format against CIF, writing to memory and reading from it.</summary>
internal sealed class FormatsBenchmark(
    FormatSettings settings,
    MeasurementClock clock,
    Action<string> tell,
    CancellationToken cancellation
)
{
    private const string TwinName = "cif";

    private readonly PairedMeasurement paired = new(clock, settings.Repetitions, settings.WarmUp);

    private readonly CrystalRecord[] records =
    [
        .. RandomCrystals
            .Create(settings.CrystalCount, settings.AtomCount, new Random(unchecked((int)settings.Seed)))
            .Select((structure, at) => new CrystalRecord($"random-{at}", structure)),
    ];

    public FormatsReport Run() =>
        new(settings.CrystalCount, settings.AtomCount, [.. StructureFormats.All.OfType<ITextFormat>().Select(Measure)]);

    private FormatRate Measure(ITextFormat format)
    {
        tell($"formats: {format.Name}");
        var twin = (ITextFormat)StructureFormats.ByName(TwinName);
        (string[] texts, string[] twinTexts) = (Write(format), Write(twin));
        PairedTimes writing = paired.Measure(() => Count(Write(format)), () => Count(Write(twin)), cancellation);
        PairedTimes reading = paired.Measure(() => Read(format, texts), () => Read(twin, twinTexts), cancellation);
        return new FormatRate(
            format.Name,
            1 / writing.ProductSeconds,
            1 / reading.ProductSeconds,
            writing.Ratio,
            reading.Ratio,
            (double)texts.Sum(text => text.Length) / records.Length
        );
    }

    private double Count(string[] texts) => texts.Length > 0 ? records.Length : 0;

    /// <summary>One text, or one a crystal where the format holds one.</summary>
    private string[] Write(ITextFormat format) =>
        [.. records.Chunk(format.CanWriteSeveral ? records.Length : 1).Select(chunk => Text(format, chunk))];

    private static string Text(ITextFormat format, CrystalRecord[] crystals)
    {
        using StringWriter writer = new();
        format.Write(writer, crystals);
        return writer.ToString();
    }

    private double Read(ITextFormat format, string[] texts)
    {
        string path = $"benchmark{format.FileNames[0].TrimStart('*')}";
        int count = texts.Sum(text =>
            format.Read(new StringReader(text), path).Count(entry => entry.Record is not null)
        );
        return count == records.Length
            ? count
            : throw new InvalidOperationException($"{format.Name} gave back {count} of {records.Length} crystals.");
    }
}
