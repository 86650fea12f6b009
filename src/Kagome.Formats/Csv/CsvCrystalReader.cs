using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonDialects;
using Kagome.Formats.Text;

namespace Kagome.Formats.Csv;

/// <summary>Reads rows one at a time.</summary>
internal sealed class CsvCrystalReader
{
    private readonly SourceText source;
    private readonly CsvReader csv;
    private string[] columns = [];
    private int structures = -1;
    private int ids = -1;
    private int split = -1;

    private CsvCrystalReader(SourceText source)
    {
        this.source = source;
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            MaxFieldSize = FormatLimits.MaximumLineCharacters,
            MissingFieldFound = null,
        };
        csv = new CsvReader(source, configuration, leaveOpen: true);
    }

    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        CsvCrystalReader rows = new(new SourceText(reader, path));
        rows.ReadHeader();
        while (rows.Advance())
        {
            yield return DataSetEntry.Of(rows.ReadRecord);
        }
    }

    private void ReadHeader()
    {
        if (Advance())
        {
            _ = Guard(csv.ReadHeader);
            columns = csv.HeaderRecord ?? [];
        }

        structures = Find(CsvConstants.Structures);
        ids = Find(CsvConstants.Ids);
        split = Find([CsvConstants.Split]);
        if (structures < 0)
        {
            throw new StructureFormatException(
                source.Path,
                line: 1,
                $"the columns are {string.Join(", ", columns.Take(12))}; expected one named cif or structure with the text of a CIF, or JSON."
            );
        }
    }

    private bool Advance() => Guard(csv.Read);

    /// <summary>Rows are taken apart only when their fields are asked for, and damage is met then.</summary>
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvHelperException exception)
        {
            throw new StructureFormatException(
                source.Path,
                csv.Parser.RawRow,
                "the row is damaged or endless; expected fields with line breaks to stand in double quotes.",
                innerException: exception
            );
        }
    }

    private CrystalRecord ReadRecord()
    {
        // the row's last line, as the parser counts
        int line = csv.Parser.RawRow;
        string row = $"row {csv.Parser.Row - 1}";
        string id = Field(ids) is { Length: > 0 } name ? name : $"{source.Stem}-{csv.Parser.Row - 1}";
        return new CrystalRecord(id, ReadStructure(Field(structures) ?? "", line, $"{row} ({id})"))
        {
            Split = Field(split),
            Labels = ReadLabels(),
        };
    }

    private Structure ReadStructure(string text, int line, string context)
    {
        string heading = columns[structures].Trim();
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StructureFormatException(
                source.Path,
                line,
                $"the {heading} field is empty; expected a CIF.",
                context
            );
        }

        try
        {
            return StructureText.Read(text, source.Path);
        }
        catch (FormatException problem)
        {
            throw new StructureFormatException(
                source.Path,
                line,
                $"the {heading} field: {problem.Message}",
                context,
                problem
            );
        }
    }

    private ImmutableSortedDictionary<string, double> ReadLabels()
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach ((int index, string column) in columns.Index())
        {
            bool isLabel = CsvConstants.IsLabelName(column);
            if (isLabel && NumberText.TryParse(Field(index)?.Trim() ?? "", out double value))
            {
                labels[column.Trim()] = value;
            }
        }

        return labels.ToImmutable();
    }

    /// <summary>The first of the names that is a heading, as the number of its column; -1 where none is.</summary>
    private int Find(string[] names) =>
        names
            .Select(name => Array.FindIndex(columns, heading => CsvConstants.IsNamed(heading, name)))
            .FirstOrDefault(column => column >= 0, -1);

    private string? Field(int column) => column < 0 ? null : Guard(() => csv.GetField(column));
}
