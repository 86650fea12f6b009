using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Formats.Text;

namespace Kagome.Formats.ExtXyz;

/// <summary>The columns of the element and the position in the lines of a frame, counted from 0.</summary>
/// <param name="Species">Of the symbol; null where only atomic numbers are given.</param>
/// <param name="AtomicNumber">Of the atomic number; null where only symbols are given.</param>
/// <param name="Position">The first of three.</param>
internal readonly record struct ExtXyzColumns(int? Species, int? AtomicNumber, int Position)
{
    private static readonly string[] AtomicNumberNames = ["Z", "numbers", "atomic_numbers"];

    /// <summary>Reads a description such as <c>species:S:1:pos:R:3:forces:R:3</c> or <c>Z:I:1:pos:R:3</c>.</summary>
    /// <returns>Null where it cannot be read, or lacks elements or positions.</returns>
    public static ExtXyzColumns? Parse(string properties)
    {
        string[] parts = properties.Split(':');
        int? species = null;
        int? atomicNumber = null;
        int? position = null;
        int column = 0;
        for (int part = 0; part + 2 < parts.Length; part += 3)
        {
            if (!NumberText.TryParseCount(parts[part + 2], out int width) || width > FormatLimits.MaximumAtoms)
            {
                return null;
            }

            string name = parts[part].Trim();
            species = width == 1 && IsName(name, "species") ? column : species;
            atomicNumber = width == 1 && AtomicNumberNames.Any(known => IsName(name, known)) ? column : atomicNumber;
            position = width == 3 && IsName(name, "pos") ? column : position;
            column += width;
        }

        return (species ?? atomicNumber) is not null && position is { } first && parts.Length % 3 == 0
            ? new ExtXyzColumns(species, atomicNumber, first)
            : null;
    }

    /// <summary>The element and the position in Å of a line.</summary>
    /// <returns>False where they are not there, or symbol and atomic number differ.</returns>
    public bool TryRead(string[] words, out Element element, out Cartesian position)
    {
        element = default;
        return NumberText.TryParseThree(words, Position, out position) && TryReadElement(words, out element);
    }

    /// <summary>What a line should hold, for messages.</summary>
    public string Expected =>
        (Species, AtomicNumber) switch
        {
            ({ } symbol, null) => $"an element in column {symbol + 1}",
            (null, { } number) => $"an atomic number in column {number + 1}",
            ({ } symbol, { } number) =>
                $"an element in column {symbol + 1} and its atomic number in column {number + 1}",
            _ => "an element",
        } + $" and a position in Å from column {Position + 1} on";

    private bool TryReadElement(string[] words, out Element element)
    {
        Element number = default;
        bool isRead =
            (AtomicNumber is not { } numberColumn || TryParseNumber(words, numberColumn, out number))
            & TryReadSymbol(words, number, out element);
        return isRead && (AtomicNumber is null || element == number);
    }

    private bool TryReadSymbol(string[] words, Element number, out Element element)
    {
        element = number;
        return Species is not { } column
            || TryParseNumber(words, column, out element) // as plain XYZ may have it
            || (column < words.Length && AtomSymbol.TryParse(words[column], out element));
    }

    private static bool TryParseNumber(string[] words, int column, out Element element)
    {
        int number = 0;
        bool isNumber =
            column < words.Length
            && NumberText.TryParseCount(words[column], out number)
            && number is >= 1 and <= Element.LargestAtomicNumber;
        element = isNumber ? new Element(number) : default;
        return isNumber;
    }

    private static bool IsName(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
