using System.Text;

namespace Kagome.Reports.Markdown;

/// <summary>A table in GitHub's Markdown; all columns but the first are aligned to the right.</summary>
internal sealed class MarkdownTable(params string[] headings)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        StringBuilder text = new();
        WriteRow(text, headings);
        WriteRow(text, [.. headings.Select((_, column) => column == 0 ? "---" : "---:")]);
        rows.ForEach(row => WriteRow(text, row));
        return text.ToString();
    }

    private static void WriteRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ")
            .AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))
            .Append(" |\n");
}
