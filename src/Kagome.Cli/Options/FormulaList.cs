using System.Globalization;

namespace Kagome.Cli.Options;

/// <summary>A file with a formula a line, each with an atom count of its cell if wanted; # begins a remark.</summary>
internal static class FormulaList
{
    /// <exception cref="InputException">While enumerating: a line is neither.</exception>
    public static IEnumerable<(string Formula, int? Atoms)> Read(string path)
    {
        foreach ((int index, string line) in File.ReadLines(path).Index())
        {
            string[] parts = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
            {
                continue;
            }

            int atoms = 0;
            bool isGood =
                parts.Length == 1
                || (parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out atoms) && atoms > 0);
            yield return isGood
                ? (parts[0], parts.Length == 2 ? atoms : null)
                : throw new InputException(
                    $"{path}:{index + 1}: '{line.Trim()}'; expected a formula and, if wanted, the atom count of the cell, such as 'NaCl 8'."
                );
        }
    }
}
