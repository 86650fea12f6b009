using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>Names of files for crystals, from their ids.</summary>
/// <remarks>Ids come from files and may hold anything, such as ../ or nothing; the names stay in their folder.</remarks>
public static class StructureFileNames
{
    /// <summary>How names of files of a format end, such as .cif; POSCAR* is no ending, *.poscar is one.</summary>
    public static string EndingOf(IStructureFormat format) =>
        format.FileNames.First(pattern => pattern.StartsWith("*.", StringComparison.Ordinal))[1..];

    /// <summary>One name for each record, in their order; no two differ only in upper and lower case.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<CrystalRecord> records, IStructureFormat format)
    {
        StructureFileNamer namer = new(format);
        return [.. records.Select(namer.Next)];
    }
}

/// <summary>Names files for crystals one after another.</summary>
internal sealed class StructureFileNamer(IStructureFormat format)
{
    private const int LongestStem = 100;

    private readonly string ending = StructureFileNames.EndingOf(format);
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> lastNumbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that no earlier one is equal to, whatever their case.</summary>
    public string Next(CrystalRecord record)
    {
        string stem = Stem(record);
        string name = stem;
        while (!taken.Add(name))
        {
            int number = lastNumbers.GetValueOrDefault(stem, 1) + 1;
            lastNumbers[stem] = number;
            name = $"{stem}-{number}";
        }

        return name + ending;
    }

    private static string Stem(CrystalRecord record) =>
        Safe(record.Id) is { Length: > 0 } name ? name : Safe(record.Structure.Composition.Formula);

    private static string Safe(string name) =>
        string.Concat(name.Take(LongestStem).Select(letter => IsSafe(letter) ? letter : '_')).Trim('.');

    private static bool IsSafe(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '+' or '.';
}
