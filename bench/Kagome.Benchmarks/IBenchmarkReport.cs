namespace Kagome.Benchmarks;

/// <summary>What a benchmark found; its properties are the JSON.</summary>
internal interface IBenchmarkReport
{
    /// <summary>Prints tables for people.</summary>
    void Write(TextWriter output);
}
