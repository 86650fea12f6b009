namespace Kagome.DataSets.Statistics;

/// <summary>Some numbers in short.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Smallest">Of them.</param>
/// <param name="Median">The middle one; of an even count the mean of the two in the middle.</param>
/// <param name="Largest">Of them.</param>
public sealed record NumberSummary(int Count, double Smallest, double Median, double Largest)
{
    /// <param name="values">At least one; they are sorted.</param>
    internal static NumberSummary Of(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        double median = values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return new NumberSummary(values.Count, values[0], median, values[^1]);
    }
}
