using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>Reads a POSCAR line by line.</summary>
internal sealed class PoscarReader
{
    private readonly SourceText source;

    private PoscarReader(SourceText source) => this.source = source;

    public static DataSetEntry Read(TextReader reader, string path) =>
        DataSetEntry.Of(() =>
        {
            SourceText text = new(reader, path, FormatLimits.MaximumCharacters);
            return new CrystalRecord(text.Stem, new PoscarReader(text).ReadStructure());
        });

    private Structure ReadStructure()
    {
        string comment = NextLine("a comment");
        string[] scale = NextWords("a scale factor");
        PoscarScale scaling = PoscarScale.Read(source, scale, ReadVector(), ReadVector(), ReadVector());
        Lattice lattice = scaling.Lattice;
        Element[] elements = ReadElements(comment);
        string mode = NextLine("Direct or Cartesian").TrimStart();
        if (mode.StartsWith("s", StringComparison.OrdinalIgnoreCase)) // Selective dynamics
        {
            mode = NextLine("Direct or Cartesian").TrimStart();
        }

        bool isCartesian = mode.Length > 0 && mode[0] is 'C' or 'c' or 'K' or 'k';
        return new Structure(
            lattice,
            elements.Select(element => new Site(element, ReadPosition(isCartesian, scaling)))
        );
    }

    private Cartesian ReadVector() => ReadThree("a lattice vector");

    private Fractional ReadPosition(bool isCartesian, PoscarScale scaling)
    {
        Cartesian position = ReadThree("a position");
        return isCartesian
            ? scaling.Lattice.ToFractional(scaling.Apply(position))
            : new Fractional(position.X, position.Y, position.Z);
    }

    private Cartesian ReadThree(string expected)
    {
        string line = NextLine(expected);
        return NumberText.TryParseThree(NumberText.Words(line), 0, out Cartesian numbers)
            ? numbers
            : throw source.ProblemHere($"the line is '{Shortened(line)}'; expected {expected}: three numbers.");
    }

    private Element[] ReadElements(string comment)
    {
        string[] words = NextWords("element symbols");
        string[] symbols = words;
        if (NumberText.TryParseCount(words[0], out _)) // VASP 4
        {
            symbols = NumberText.Words(comment);
            if (symbols.Length != words.Length || !symbols.All(symbol => TryParseSymbol(symbol, out _)))
            {
                throw source.ProblemHere(
                    $"the line is '{string.Join(' ', words)}'; expected element symbols, such as Na Cl, on a line of their own before the counts. The first line names no elements either."
                );
            }
        }
        else
        {
            words = NextWords("how many atoms of each element there are");
        }

        return Repeat(symbols, ReadCounts(symbols, words));
    }

    private int[] ReadCounts(string[] symbols, string[] words)
    {
        int[] counts = [.. words.TakeWhile(word => NumberText.TryParseCount(word, out _)).Select(Count)];
        long total = counts.Sum(count => (long)count);
        if (counts.Length != symbols.Length || total is 0 or > FormatLimits.MaximumAtoms)
        {
            throw source.ProblemHere(
                $"the line is '{Shortened(string.Join(' ', words))}'; expected {symbols.Length} numbers of atoms, one an element, 1 to {FormatLimits.MaximumAtoms} in all."
            );
        }

        return counts;
    }

    private static int Count(string word) => NumberText.TryParseCount(word, out int count) ? count : 0;

    private Element[] Repeat(string[] symbols, int[] counts) =>
        [.. symbols.Zip(counts).SelectMany(pair => Enumerable.Repeat(ReadSymbol(pair.First), pair.Second))];

    private Element ReadSymbol(string symbol) =>
        TryParseSymbol(symbol, out Element element)
            ? element
            : throw source.ProblemHere($"'{symbol}' is no element; expected a symbol such as Na or Fe_pv.");

    /// <summary>Reads a symbol as VASP names potentials: Fe, Fe_pv, Fe/1234abcd.</summary>
    private static bool TryParseSymbol(string text, out Element element)
    {
        string symbol = text.Split('_', '/')[0];
        return symbol.All(char.IsAsciiLetter) & AtomSymbol.TryParse(symbol, out element);
    }

    private string[] NextWords(string expected)
    {
        string[] words = NumberText.Words(NextLine(expected));
        return words.Length > 0 ? words : throw source.ProblemHere($"the line is empty; expected {expected}.");
    }

    private string NextLine(string expected) =>
        source.ReadLine() ?? throw source.ProblemHere($"the file ends after this line; expected {expected}.");

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}

/// <summary>The scale factors of a POSCAR and the lattice that they make.</summary>
/// <param name="Factors">Along x, y and z.</param>
/// <param name="Lattice">The scaled lattice.</param>
internal sealed record PoscarScale(Cartesian Factors, Lattice Lattice)
{
    /// <param name="source">Named in problems.</param>
    /// <param name="words">One factor, three, or a negative one: the volume of the cell in Å³.</param>
    /// <param name="a">The first lattice vector, unscaled.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    public static PoscarScale Read(SourceText source, string[] words, Cartesian a, Cartesian b, Cartesian c)
    {
        Cartesian factors = ReadFactors(source, words, Math.Abs(a.Dot(b.Cross(c))));
        (a, b, c) = (Apply(factors, a), Apply(factors, b), Apply(factors, c));
        return CellChecks.Problem(a, b, c) is { } problem
            ? throw source.ProblemHere($"{problem}.")
            : new PoscarScale(factors, new Lattice(a, b, c));
    }

    public Cartesian Apply(Cartesian vector) => Apply(Factors, vector);

    private static Cartesian ReadFactors(SourceText source, string[] words, double volume)
    {
        if (NumberText.TryParseThree(words, 0, out Cartesian factors) && factors is { X: > 0, Y: > 0, Z: > 0 })
        {
            return factors;
        }

        if (words.Length is 0 or 2 || !NumberText.TryParse(words[0], out double factor) || factor == 0)
        {
            throw new StructureFormatException(
                source.Path,
                line: 2,
                $"the scale factor is '{string.Join(' ', words)}'; expected a number such as 1.0, a negative volume in Å³, or three positive numbers."
            );
        }

        double scale = factor > 0 ? factor : Math.Cbrt(-factor / volume);
        return new Cartesian(scale, scale, scale);
    }

    private static Cartesian Apply(Cartesian factors, Cartesian vector) =>
        new(factors.X * vector.X, factors.Y * vector.Y, factors.Z * vector.Z);
}
