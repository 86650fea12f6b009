namespace Kagome.Cli.Views;

/// <summary>What readers decided where a file was not clear, kept until there is no live line of progress.</summary>
internal sealed class ReaderRemarks
{
    private const int Most = 20; // a data set of a million crystals may have as many

    private readonly List<string> first = [];
    private int count;

    public void Add(string remark)
    {
        count++;
        if (first.Count < Most)
        {
            first.Add(remark);
        }
    }

    /// <summary>Writes a line a remark, and how many more there are.</summary>
    public void Write(TextWriter error)
    {
        foreach (string remark in first)
        {
            error.WriteLine($"remark: {remark}");
        }

        if (count > first.Count)
        {
            error.WriteLine($"remark: and {count - first.Count} more like these");
        }
    }
}
