using System.Globalization;
using CsvHelper;

namespace Kagome.Reports.Published;

/// <summary>The published figures that reports show beside ours; published.csv beside this file.</summary>
internal static class PublishedResults
{
    private const string ResourceName = "published.csv";

    /// <summary>Every figure, in the order of the table.</summary>
    public static IReadOnlyList<PublishedResult> All { get; } = Read();

    /// <summary>The figures for a benchmark and a number of structures of each crystal, best match rate first.</summary>
    public static IReadOnlyList<PublishedResult> Of(string benchmark, int samples) =>
        [
            .. All.Where(result => result.Benchmark == benchmark && result.Samples == samples)
                .OrderByDescending(result => result.MatchRate),
        ];

    private static PublishedResult[] Read()
    {
        using Stream stream = typeof(PublishedResults).Assembly.GetManifestResourceStream(ResourceName)!;
        using StreamReader reader = new(stream);
        using CsvReader csv = new(reader, CultureInfo.InvariantCulture);
        _ = csv.Read();
        _ = csv.ReadHeader();
        List<PublishedResult> results = [];
        while (csv.Read())
        {
            results.Add(
                new PublishedResult(
                    csv.GetField("benchmark")!,
                    csv.GetField("model")!,
                    csv.GetField<int>("year"),
                    csv.GetField<int>("samples"),
                    csv.GetField<double>("match_rate"),
                    csv.GetField<double?>("rmse"),
                    csv.GetField<int?>("steps"),
                    csv.GetField("parameters")!,
                    csv.GetField("remark")!,
                    csv.GetField("source")!,
                    csv.GetField("checked") == "yes"
                )
            );
        }

        return [.. results];
    }
}
