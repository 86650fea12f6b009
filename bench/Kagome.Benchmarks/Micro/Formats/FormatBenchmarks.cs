using BenchmarkDotNet.Attributes;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Formats.Text;

namespace Kagome.Benchmarks.Micro.Formats;

/// <summary>A crystal read and written: CIF against every other format.</summary>
public class FormatBenchmarks
{
    private const int Atoms = 20;
    private const string Baseline = "cif";

    private readonly ITextFormat cif = (ITextFormat)StructureFormats.ByName(Baseline);
    private CrystalRecord record = null!;
    private ITextFormat format = null!;

    public static IEnumerable<string> Names =>
        StructureFormats.All.OfType<ITextFormat>().Select(format => format.Name).Where(name => name != Baseline);

    [ParamsSource(nameof(Names))]
    public string Format { get; set; } = Baseline;

    [GlobalSetup]
    public void Setup()
    {
        format = (ITextFormat)StructureFormats.ByName(Format);
        record = new CrystalRecord("random", RandomInputs.Crystals(1, Atoms)[0]);
    }

    [Benchmark(Baseline = true)]
    public int Cif() => RoundTrip(cif);

    [Benchmark]
    public int Other() => RoundTrip(format);

    private int RoundTrip(ITextFormat chosen)
    {
        using StringWriter writer = new();
        chosen.Write(writer, [record]);
        using StringReader reader = new(writer.ToString());
        return chosen.Read(reader, $"random{chosen.FileNames[0].TrimStart('*')}").Count();
    }
}
