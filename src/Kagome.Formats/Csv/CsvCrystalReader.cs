using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Kagome.Crystals.Structures;
using Kagome.Formats.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Csv;

/// <summary>Reads rows one at a time.</summary>
internal sealed class CsvCrystalReader
{
    private readonly SourceText source;
    private readonly CsvReader csv;
    private string[] columns = [];

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
            _ = csv.ReadHeader();
            columns = csv.HeaderRecord ?? [];
        }

        if (!columns.Contains(CsvConstants.Cif))
        {
            throw new StructureFormatException(
                source.Path,
                line: 1,
                $"the columns are {string.Join(", ", columns.Take(12))}; expected one named cif with the text of a CIF."
            );
        }
    }

    private bool Advance()
    {
        try
        {
            return csv.Read();
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
        string id =
            CsvConstants.Ids.FirstOrDefault(columns.Contains) is { } idColumn && Field(idColumn) is { Length: > 0 } name
                ? name
                : $"{source.Stem}-{csv.Parser.Row - 1}";
        return new CrystalRecord(id, ReadStructure(Field(CsvConstants.Cif) ?? "", line, $"{row} ({id})"))
        {
            Split = columns.Contains(CsvConstants.Split) ? Field(CsvConstants.Split) : null,
            Labels = ReadLabels(),
        };
    }

    private Structure ReadStructure(string cif, int line, string context)
    {
        if (cif.Length == 0)
        {
            throw new StructureFormatException(source.Path, line, "the cif field is empty; expected a CIF.", context);
        }

        try
        {
            using StringReader reader = new(cif);
            DataSetEntry first = CifReader.Read(reader, source.Path).First();
            return first.IsRecord ? first.Record.Structure : throw first.Problem;
        }
        catch (StructureFormatException problem)
        {
            string place = problem.Line is { } cifLine ? $"line {cifLine} of the cif field: " : "";
            throw new StructureFormatException(source.Path, line, $"{place}{problem.Problem}", context, problem);
        }
    }

    private ImmutableSortedDictionary<string, double> ReadLabels()
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (string column in columns.Where(CsvConstants.IsLabelName))
        {
            if (NumberText.TryParse(Field(column)?.Trim() ?? "", out double value))
            {
                labels[column] = value;
            }
        }

        return labels.ToImmutable();
    }

    private string? Field(string column) => csv.GetField(column);
}
