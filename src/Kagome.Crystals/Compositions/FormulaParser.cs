using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Compositions;

/// <summary>Reads chemical formulas.</summary>
/// <remarks>
/// formula = part { ("." | "·" | "*") part } ; part = [count] group+ ;
/// group = (symbol | "(" group+ ")" | "[" group+ "]" | "{" group+ "}") [count].
/// Counts are whole numbers above 0; subscripts such as ₂ are digits; spaces are passed over. At most 1,000,000 atoms.
/// Counts such as 1.0 are whole. D is hydrogen: <see cref="HasDeuterium"/> says where that was so. Charges are not taken.
/// A point between two digits is refused as a fraction unless water follows, as in CuSO4.5H2O: Fe2.5O4 must not become Fe2O20.
/// Examples: Ca3(PO4)2, CuSO4.5H2O, K4[Fe(CN)6].
/// </remarks>
public static class FormulaParser
{
    private const int LongestFormula = 1000;
    private const int LargestAtomCount = 1_000_000;
    private const int DeepestNesting = 32;
    private const string Separators = ".·*•";
    private const string Water = "H2O";
    private const string Openings = "([{";
    private const string Closings = ")]}";
    private const string ChargeSigns = "+-−^⁺⁻";

    /// <summary>The atoms that a formula states, not reduced: Na4Cl4 is a cell.</summary>
    /// <exception cref="FormulaException">The text is no formula; the message names the place and what was expected there.</exception>
    public static Composition Parse(string formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        Cursor cursor = new(formula);
        Dictionary<Element, long> counts = [];
        do
        {
            long multiple = char.IsAsciiDigit(cursor.Current) ? cursor.ReadCount() : 1;
            Add(counts, ReadGroups(cursor, depth: 0), multiple, cursor);
        } while (cursor.TrySkip(Separators));

        return cursor.IsAtEnd
            ? new Composition(counts.Select(pair => KeyValuePair.Create(pair.Key, (int)pair.Value)))
            : throw cursor.Problem(
                Closings.Contains(cursor.Current)
                    ? $"'{cursor.Current}' closes no bracket."
                    : $"'{cursor.Current}'; expected an element symbol, a bracket or a whole number."
                        + (ChargeSigns.Contains(cursor.Current) ? " Charges are not taken: leave them out." : "")
            );
    }

    /// <summary>Whether a formula has deuterium, D, which is read as hydrogen.</summary>
    public static bool HasDeuterium(string formula) =>
        formula
            .Index()
            .Any(letter =>
                letter.Item == 'D'
                && (letter.Index + 1 == formula.Length || !char.IsAsciiLetterLower(formula[letter.Index + 1]))
            );

    /// <summary>Reads a formula, or says what is wrong with it.</summary>
    public static bool TryParse(
        string formula,
        [NotNullWhen(true)] out Composition? composition,
        [NotNullWhen(false)] out FormulaException? problem
    )
    {
        try
        {
            (composition, problem) = (Parse(formula), null);
            return true;
        }
        catch (FormulaException exception)
        {
            (composition, problem) = (null, exception);
            return false;
        }
    }

    private static Dictionary<Element, long> ReadGroups(Cursor cursor, int depth)
    {
        Dictionary<Element, long> counts = [];
        while (cursor.StartsGroup)
        {
            Dictionary<Element, long> group = ReadGroup(cursor, depth);
            Add(counts, group, char.IsAsciiDigit(cursor.Current) ? cursor.ReadCount() : 1, cursor);
        }

        return counts.Count > 0 ? counts : throw cursor.Problem("expected an element symbol such as Na.");
    }

    private static Dictionary<Element, long> ReadGroup(Cursor cursor, int depth)
    {
        int bracket = Openings.IndexOf(cursor.Current, StringComparison.Ordinal);
        if (bracket < 0)
        {
            return new Dictionary<Element, long> { [cursor.ReadElement()] = 1 };
        }

        if (depth == DeepestNesting)
        {
            throw cursor.Problem($"brackets are nested deeper than {DeepestNesting}.");
        }

        FormulaException unclosed = cursor.Problem(
            $"'{cursor.Current}' is never closed; expected a '{Closings[bracket]}'."
        );
        cursor.Advance();
        Dictionary<Element, long> counts = ReadGroups(cursor, depth + 1);
        return cursor.TrySkip(Closings[bracket].ToString()) ? counts : throw unclosed;
    }

    private static void Add(
        Dictionary<Element, long> counts,
        Dictionary<Element, long> group,
        long multiple,
        Cursor cursor
    )
    {
        foreach ((Element element, long count) in group)
        {
            counts[element] = counts.GetValueOrDefault(element) + (count * multiple);
        }

        long total = counts.Values.Sum();
        if (total > LargestAtomCount)
        {
            throw cursor.Problem($"{total} atoms up to here; expected at most {LargestAtomCount}.");
        }
    }

    /// <summary>A place in a formula; spaces are never seen, and subscripts look like digits.</summary>
    private sealed class Cursor
    {
        private readonly string formula;
        private int position;

        public Cursor(string formula)
        {
            this.formula = formula.Length <= LongestFormula ? formula : formula[..40] + "…";
            if (formula.Length > LongestFormula)
            {
                throw Problem(
                    $"the text has {formula.Length} characters; expected a formula of at most {LongestFormula}."
                );
            }

            SkipSpaces();
        }

        public bool IsAtEnd => position == formula.Length;

        public char Current => IsAtEnd ? '\0' : Digit(formula[position]);

        public bool StartsGroup => char.IsAsciiLetter(Current) || Openings.Contains(Current);

        public void Advance()
        {
            position++;
            SkipSpaces();
        }

        public bool TrySkip(string any)
        {
            bool found = !IsAtEnd && any.Contains(Current);
            if (found)
            {
                Advance();
            }

            return found;
        }

        public Element ReadElement()
        {
            int end = position + 1;
            while (end < formula.Length && char.IsAsciiLetterLower(formula[end]))
            {
                end++;
            }

            string symbol = formula[position..end];
            if (!Element.TryFromSymbol(symbol == "D" ? "H" : symbol, out Element element))
            {
                string meant = FormulaSpelling.Find(formula) is { } spelling ? $" Did you mean {spelling}?" : "";
                throw Problem(
                    $"unknown element '{symbol}'; expected a symbol such as Na, capital letter first.{meant}"
                );
            }

            position = end;
            SkipSpaces();
            return element;
        }

        public long ReadCount()
        {
            int start = position;
            while (!IsAtEnd && char.IsAsciiDigit(Current))
            {
                position++;
            }

            string digits = string.Concat(formula[start..position].Select(Digit));
            if (IsFraction() && !TrySkipZeros())
            {
                throw Problem(
                    start,
                    "fractional count; expected a whole number of atoms, as in a cell without disorder, "
                        + "or a · before the next part, as in Al2O3·2SiO2."
                );
            }

            if (!int.TryParse(digits, CultureInfo.InvariantCulture, out int count) || count is 0 or > LargestAtomCount)
            {
                throw Problem(start, $"count {digits}; expected a whole number from 1 to {LargestAtomCount}.");
            }

            SkipSpaces();
            return count;
        }

        public FormulaException Problem(string problem) => Problem(position, problem);

        private FormulaException Problem(int at, string problem) => new(formula, at, problem);

        /// <summary>Whether the point after a count begins decimals rather than water of crystallisation.</summary>
        private bool IsFraction()
        {
            if (Current != '.' || position + 1 == formula.Length || !char.IsAsciiDigit(Digit(formula[position + 1])))
            {
                return false;
            }

            string rest = string.Concat(formula[(position + 1)..].Where(c => !char.IsWhiteSpace(c)).Select(Digit))
                .TrimStart([.. "0123456789"]);
            bool isWater = rest.StartsWith(Water, StringComparison.Ordinal);
            return !isWater || (rest.Length > Water.Length && !Separators.Contains(rest[Water.Length]));
        }

        /// <summary>Skips the decimals of a count that is whole, as 1.0 is.</summary>
        private bool TrySkipZeros()
        {
            int end = position + 1;
            while (end < formula.Length && Digit(formula[end]) == '0')
            {
                end++;
            }

            bool isWhole = end == formula.Length || !char.IsAsciiDigit(Digit(formula[end]));
            position = isWhole ? end : position;
            return isWhole;
        }

        private void SkipSpaces()
        {
            while (!IsAtEnd && char.IsWhiteSpace(formula[position]))
            {
                position++;
            }
        }

        private static char Digit(char character) =>
            character is >= '₀' and <= '₉' ? (char)('0' + (character - '₀')) : character;
    }
}

/// <summary>A text that is no chemical formula.</summary>
public sealed class FormulaException(string formula, int position, string problem)
    : KagomeException($"Formula '{formula}', character {position + 1}: {problem}")
{
    /// <summary>The text as it was given; where it is longer than 1,000 characters, its first 40 and an ellipsis.</summary>
    public string Formula { get; } = formula;

    /// <summary>The position of the problem in the text, counted from 0.</summary>
    public int Position { get; } = position;
}
