using System.Text;
using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Compositions;

/// <summary>Guesses what a formula without capital letters means, for messages: nacl is NaCl.</summary>
internal static class FormulaSpelling
{
    private const int LongestFormula = 100;

    /// <summary>The formula with its symbols in their usual spelling, two letters rather than one; null where its letters are no symbols.</summary>
    public static string? Find(string formula)
    {
        StringBuilder spelling = new();
        bool[] isDeadEnd = new bool[formula.Length + 1];
        return formula.Length <= LongestFormula && TrySpell(formula, 0, spelling, isDeadEnd)
            ? spelling.ToString()
            : null;
    }

    private static bool TrySpell(string formula, int position, StringBuilder spelling, bool[] isDeadEnd)
    {
        if (position == formula.Length)
        {
            return true;
        }

        if (isDeadEnd[position])
        {
            return false;
        }

        int length = spelling.Length;
        foreach (string part in Parts(formula, position))
        {
            _ = spelling.Append(part);
            if (TrySpell(formula, position + part.Length, spelling, isDeadEnd))
            {
                return true;
            }

            spelling.Length = length;
        }

        isDeadEnd[position] = true;
        return false;
    }

    private static IEnumerable<string> Parts(string formula, int position)
    {
        if (!char.IsAsciiLetter(formula[position]))
        {
            return [formula[position].ToString()];
        }

        return new[] { 2, 1 }
            .Where(length => position + length <= formula.Length)
            .Select(length => formula.Substring(position, length))
            .Select(letters => letters[..1].ToUpperInvariant() + letters[1..].ToLowerInvariant())
            .Where(symbol => Element.TryFromSymbol(symbol, out _));
    }
}
