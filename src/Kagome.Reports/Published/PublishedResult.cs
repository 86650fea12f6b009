namespace Kagome.Reports.Published;

/// <summary>A match rate that others report.</summary>
/// <param name="Benchmark">One of <see cref="Kagome.Evaluation.Benchmark.Names"/>; its test split.</param>
/// <param name="Model">As its authors call it.</param>
/// <param name="Year">Of the publication.</param>
/// <param name="Samples">Structures of each crystal, K.</param>
/// <param name="MatchRate">In percent of all crystals.</param>
/// <param name="Rmse">Over the matched ones; null where none is reported.</param>
/// <param name="Steps">Of the sampler; null where there are none or none are known.</param>
/// <param name="Parameters">Weights, such as 12.3M; may be empty.</param>
/// <param name="Remark">What else the model was given; may be empty.</param>
/// <param name="Source">Where the figure was found.</param>
/// <param name="IsChecked">False for a figure that was quoted elsewhere and not compared with its paper.</param>
internal sealed record PublishedResult(
    string Benchmark,
    string Model,
    int Year,
    int Samples,
    double MatchRate,
    double? Rmse,
    int? Steps,
    string Parameters,
    string Remark,
    string Source,
    bool IsChecked
);
