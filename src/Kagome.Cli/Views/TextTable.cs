using Spectre.Console;

namespace Kagome.Cli.Views;

/// <summary>Rows of text: aligned columns in a terminal, cells between tabs elsewhere.</summary>
/// <param name="headings">One for each column; none for a list of names and values.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> rows = [];

    /// <summary>For tables of numbers.</summary>
    public bool IsRightAligned { get; init; }

    public void Add(params string[] cells) => rows.Add([.. cells.Select(Printable)]);

    /// <summary>Writes a list of names and values.</summary>
    public static void Write(TextWriter writer, IEnumerable<(string Name, string Value)> rows)
    {
        TextTable table = new();
        foreach ((string name, string value) in rows)
        {
            table.Add(name, value);
        }

        table.Write(writer);
    }

    public void Write(TextWriter writer)
    {
        AnsiConsoleOutput output = new(writer);
        if (output.IsTerminal)
        {
            WriteAligned(output);
        }
        else
        {
            WritePlain(writer);
        }
    }

    private void WriteAligned(IAnsiConsoleOutput output)
    {
        Table table = new() { Border = headings.Length > 0 ? TableBorder.Simple : TableBorder.None };
        table.ShowHeaders = headings.Length > 0;
        int columnCount = rows.Select(row => row.Length).Append(headings.Length).Max();
        for (int column = 0; column < columnCount; column++)
        {
            TableColumn aligned = new TableColumn(Markup.Escape(headings.ElementAtOrDefault(column) ?? "")).NoWrap();
            table.AddColumn(IsRightAligned ? aligned.RightAligned().PadLeft(0).PadRight(1) : aligned);
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = output }).Write(table);
    }

    private void WritePlain(TextWriter writer)
    {
        foreach (string[] row in headings.Length > 0 ? rows.Prepend(headings) : rows)
        {
            writer.WriteLine(string.Join('\t', row));
        }
    }

    /// <summary>Names in files may hold anything, such as sequences that a terminal obeys, or tabs.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
