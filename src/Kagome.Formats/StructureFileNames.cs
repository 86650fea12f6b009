using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>Names of files for crystals, from their ids.</summary>
/// <remarks>Ids come from files and may hold anything, such as ../ or nothing; the names stay in their folder.</remarks>
public static class StructureFileNames
{
    private const int LongestStem = 100;

    /// <summary>One name for each record, in their order; no two differ only in upper and lower case.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<CrystalRecord> records, IStructureFormat format)
    {
        // POSCAR* is no ending, *.poscar is one
        string extension = format.FileNames.First(pattern => pattern.StartsWith("*.", StringComparison.Ordinal))[1..];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int> lastNumbers = new(StringComparer.OrdinalIgnoreCase);
        List<string> names = [];
        foreach (CrystalRecord record in records)
        {
            string stem = Stem(record);
            string name = stem;
            while (!taken.Add(name))
            {
                int number = lastNumbers.GetValueOrDefault(stem, 1) + 1;
                lastNumbers[stem] = number;
                name = $"{stem}-{number}";
            }

            names.Add(name + extension);
        }

        return names;
    }

    private static string Stem(CrystalRecord record) =>
        Safe(record.Id) is { Length: > 0 } name ? name : Safe(record.Structure.Composition.Formula);

    private static string Safe(string name) =>
        string.Concat(name.Take(LongestStem).Select(letter => IsSafe(letter) ? letter : '_')).Trim('.');

    private static bool IsSafe(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '+' or '.';
}
