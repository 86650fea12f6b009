namespace Kagome.Crystals.Elements;

/// <summary>A chemical element, hydrogen (1) to oganesson (118).</summary>
/// <remarks>Compares by atomic number. The default value is no element: its members throw.</remarks>
public readonly record struct Element : IComparable<Element>
{
    /// <summary>The largest atomic number there is.</summary>
    public const int LargestAtomicNumber = 118;

    private static readonly Dictionary<string, int> NumbersBySymbol = ElementData.All.ToDictionary(
        data => data.Symbol,
        data => data.AtomicNumber,
        StringComparer.Ordinal
    );

    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above 118.</exception>
    public Element(int atomicNumber)
    {
        if (atomicNumber is < 1 or > LargestAtomicNumber)
        {
            throw new ArgumentOutOfRangeException(
                nameof(atomicNumber),
                atomicNumber,
                $"Atomic number is {atomicNumber}; expected 1 (H) to {LargestAtomicNumber} (Og)."
            );
        }

        AtomicNumber = atomicNumber;
    }

    /// <summary>1 for hydrogen to 118 for oganesson; 0 for the default value, which is no element.</summary>
    public int AtomicNumber { get; }

    /// <summary>The usual symbol, such as Na.</summary>
    public string Symbol => Data.Symbol;

    /// <summary>What is known of the element.</summary>
    public ElementData Data => ElementData.All[AtomicNumber - 1];

    /// <summary>Every element, by atomic number.</summary>
    public static IEnumerable<Element> All =>
        Enumerable.Range(1, LargestAtomicNumber).Select(number => new Element(number));

    /// <summary>The element of a symbol in its usual spelling, such as Na.</summary>
    /// <exception cref="ArgumentException">No element has this symbol.</exception>
    public static Element FromSymbol(string symbol) =>
        TryFromSymbol(symbol, out Element element)
            ? element
            : throw new ArgumentException(
                $"Unknown element '{symbol}'; expected a symbol such as Na or O.",
                nameof(symbol)
            );

    /// <summary>The element of a symbol in its usual spelling, such as Na; false where no element has it: case counts, and D is none.</summary>
    public static bool TryFromSymbol(string symbol, out Element element)
    {
        bool found = NumbersBySymbol.TryGetValue(symbol, out int number);
        element = found ? new Element(number) : default;
        return found;
    }

    /// <summary>By atomic number; the default value comes first.</summary>
    public int CompareTo(Element other) => AtomicNumber.CompareTo(other.AtomicNumber);

    /// <summary>The symbol, or "no element" for the default value.</summary>
    public override string ToString() => AtomicNumber == 0 ? "no element" : Symbol;
}
