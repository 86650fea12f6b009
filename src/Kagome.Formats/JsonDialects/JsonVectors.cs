using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>Vectors, lattices and counts of atoms that a dialect has as arrays.</summary>
internal static class JsonVectors
{
    /// <summary>Three numbers.</summary>
    /// <exception cref="FormatException">They are something else.</exception>
    public static Cartesian Vector(JsonElement array, string name)
    {
        double[] numbers = JsonNumbers.Finite(array, 3, name);
        return new Cartesian(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>Three vectors in Å that span a usable cell.</summary>
    /// <exception cref="FormatException">They are something else.</exception>
    public static Lattice Lattice(JsonElement? matrix, string name)
    {
        if (matrix is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() != 3)
        {
            throw new FormatException($"{name} is not a list of three vectors; expected one, in Å.");
        }

        Cartesian[] rows = [.. array.EnumerateArray().Select((row, index) => Vector(row, $"{name}[{index}]"))];
        return CellChecks.Problem(rows[0], rows[1], rows[2]) is { } problem
            ? throw new FormatException($"{name}: {problem}.")
            : new Lattice(rows[0], rows[1], rows[2]);
    }

    /// <summary>The crystal of these atoms.</summary>
    /// <exception cref="FormatException">An atom is where none can be.</exception>
    public static Structure Crystal(Lattice lattice, IEnumerable<Site> sites)
    {
        Site[] all = [.. sites];
        return
            all.Select(site => CellChecks.Problem(site.Position)).FirstOrDefault(problem => problem is not null)
                is { } wrong
            ? throw new FormatException($"{wrong}.")
            : new Structure(lattice, all);
    }

    /// <summary>A list with a value an atom.</summary>
    /// <exception cref="FormatException">It is no list, or too short or long.</exception>
    public static JsonElement[] Atoms(JsonElement? list, string name)
    {
        int count = list is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() : 0;
        return count is >= 1 and <= FormatLimits.MaximumAtoms
            ? [.. list!.Value.EnumerateArray()]
            : throw new FormatException($"{name} lists {count} atoms; expected 1 to {FormatLimits.MaximumAtoms}.");
    }

    /// <summary>As many values as another list has.</summary>
    /// <exception cref="FormatException">There are more or fewer.</exception>
    public static JsonElement[] Atoms(JsonElement? list, string name, int count)
    {
        JsonElement[] atoms = Atoms(list, name);
        return atoms.Length == count
            ? atoms
            : throw new FormatException($"{name} lists {atoms.Length} atoms; expected {count}, one an element.");
    }

    /// <exception cref="FormatException">It is no symbol.</exception>
    public static Element Element(JsonElement symbol, string name) =>
        symbol.ValueKind == JsonValueKind.String && AtomSymbol.TryParse(symbol.GetString()!, out Element element)
            ? element
            : throw new FormatException($"{name} is of the species '{symbol}'; {AtomSymbol.Expected}.");
}
