namespace Kagome.Core.Elements;

/// <summary>A chemical element, hydrogen (1) to oganesson (118).</summary>
/// <remarks>Compares by atomic number. The default value is no element: its members throw.</remarks>
public readonly partial record struct Element : IComparable<Element>
{
    /// <summary>The largest atomic number there is.</summary>
    public const int LargestAtomicNumber = 118;

    // csharpier-ignore
    private static readonly string[] Symbols =
    [
        "H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "Ar", "K", "Ca",
        "Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge", "As", "Se", "Br", "Kr", "Rb", "Sr", "Y", "Zr",
        "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd", "In", "Sn", "Sb", "Te", "I", "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd",
        "Pm", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt", "Au", "Hg",
        "Tl", "Pb", "Bi", "Po", "At", "Rn", "Fr", "Ra", "Ac", "Th", "Pa", "U", "Np", "Pu", "Am", "Cm", "Bk", "Cf", "Es", "Fm",
        "Md", "No", "Lr", "Rf", "Db", "Sg", "Bh", "Hs", "Mt", "Ds", "Rg", "Cn", "Nh", "Fl", "Mc", "Lv", "Ts", "Og",
    ];

    private static readonly Dictionary<string, int> NumbersBySymbol = Symbols
        .Select((symbol, index) => (symbol, index))
        .ToDictionary(pair => pair.symbol, pair => pair.index + 1, StringComparer.Ordinal);

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

    public int AtomicNumber { get; }

    public string Symbol => Symbols[AtomicNumber - 1];

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

    public static bool TryFromSymbol(string symbol, out Element element)
    {
        bool found = NumbersBySymbol.TryGetValue(symbol, out int number);
        element = found ? new Element(number) : default;
        return found;
    }

    public int CompareTo(Element other) => AtomicNumber.CompareTo(other.AtomicNumber);

    public override string ToString() => AtomicNumber == 0 ? "no element" : Symbol;
}
