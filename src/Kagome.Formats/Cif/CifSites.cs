using System.Globalization;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Reads the atom sites of a data block: full occupancy, fractional coordinates.</summary>
internal sealed class CifSites
{
    private readonly CifBlock block;
    private readonly IReadOnlyList<CifToken>[] positions;
    private readonly IReadOnlyList<CifToken>? symbols;
    private readonly IReadOnlyList<CifToken>? labels;
    private readonly IReadOnlyList<CifToken>? occupancies;
    private readonly IReadOnlyList<CifToken>? flags;

    private CifSites(CifBlock block)
    {
        this.block = block;
        positions = [.. CifConstants.Positions.Select(RequiredPositions)];
        symbols = Column(CifConstants.TypeSymbol);
        labels = Column(CifConstants.Label);
        occupancies = Column(CifConstants.Occupancy);
        flags = Column(CifConstants.CalculationFlag);
        if (symbols is null && labels is null)
        {
            throw block.ProblemInBlock(
                $"there is neither {CifConstants.TypeSymbol} nor {CifConstants.Label}; expected one that names the elements."
            );
        }
    }

    /// <exception cref="StructureFormatException">A site is not an atom in a known, fully occupied place.</exception>
    public static IReadOnlyList<CifSite> Read(CifBlock block)
    {
        CifSites sites = new(block);
        return [.. Enumerable.Range(0, sites.positions[0].Count).Select(sites.ReadSite)];
    }

    private IReadOnlyList<CifToken> RequiredPositions(string name)
    {
        if (block.Values(name) is { Count: > 0 } values)
        {
            return values;
        }

        throw block.ProblemInBlock(
            block.Values(CifConstants.CartesianX) is null
                ? $"there is no {name}; expected a loop of atom sites with fractional coordinates."
                : $"atoms have Cartesian coordinates (_atom_site_Cartn_x) and no {name}; expected fractional ones. Convert the file, with ASE for example."
        );
    }

    private IReadOnlyList<CifToken>? Column(string name)
    {
        IReadOnlyList<CifToken>? values = block.Values(name);
        return values is null || values.Count == positions[0].Count
            ? values
            : throw block.ProblemInBlock(
                $"{name} has {values.Count} values and {CifConstants.Positions[0]} has {positions[0].Count}; expected one loop of both."
            );
    }

    private CifSite ReadSite(int row)
    {
        CifToken source = (labels ?? symbols)![row];
        string name = source.IsMissing ? $"{row + 1}" : source.Text;
        CheckOccupancy(row, name);
        Fractional position = new(Coordinate(0, row, name), Coordinate(1, row, name), Coordinate(2, row, name));
        return new CifSite(name, new Site(ReadElement(row, name), position), source);
    }

    private Element ReadElement(int row, string name)
    {
        if (flags?[row].Text.Equals("dum", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw block.ProblemAt(flags[row], $"site {name} is a dummy atom (calc_flag dum); remove it.");
        }

        if (symbols is not null && !symbols[row].IsMissing)
        {
            return AtomSymbol.TryParse(symbols[row].Text, out Element element)
                ? element
                : throw block.ProblemAt(
                    symbols[row],
                    $"site {name} has the type symbol '{symbols[row].Text}'; expected an element such as Na, Na1+ or D."
                );
        }

        return ElementOfLabel(labels?[row] ?? symbols![row]);
    }

    private Element ElementOfLabel(CifToken label)
    {
        bool isElement = AtomSymbol.TryParseLabel(label.Text, out Element element, out bool isAmbiguous);
        if (isElement && !label.IsMissing)
        {
            return element;
        }

        throw block.ProblemAt(
            label,
            isAmbiguous
                ? $"the label '{label.Text}' may begin with either of two elements; add {CifConstants.TypeSymbol}."
                : $"the label '{label.Text}' begins with no element; expected one such as Na1, or {CifConstants.TypeSymbol}."
        );
    }

    private void CheckOccupancy(int row, string name)
    {
        if (occupancies is null || occupancies[row].IsMissing)
        {
            return;
        }

        CifToken value = occupancies[row];
        if (!CifNumber.TryParse(value, out double occupancy))
        {
            throw block.ProblemAt(value, $"site {name} has the occupancy '{value.Text}'; expected a number.");
        }

        if (Math.Abs(occupancy - 1) > CifConstants.OccupancyTolerance)
        {
            throw block.ProblemAt(
                value,
                $"site {name} has the occupancy {value.Text}; expected 1. Disordered crystals need an ordered model first."
            );
        }
    }

    private double Coordinate(int axis, int row, string name)
    {
        CifToken value = positions[axis][row];
        return CifNumber.TryParse(value, out double coordinate)
            ? coordinate
            : throw block.ProblemAt(
                value,
                value.IsMissing
                    ? $"site {name} has no place: {CifConstants.Positions[axis]} is {value.Text}. Find its coordinates or remove it."
                    : $"site {name} has {CifConstants.Positions[axis]} '{value.Text}'; expected a fraction such as 0.25 or 0.2500(3)."
            );
    }
}

/// <summary>A row of the atom sites.</summary>
/// <param name="Name">Its label, or what else names it in messages.</param>
/// <param name="Site">The atom.</param>
/// <param name="Source">Where it stands in the file.</param>
internal readonly record struct CifSite(string Name, Site Site, CifToken Source);

/// <summary>Numbers with their uncertainty, such as 5.64(2).</summary>
internal static class CifNumber
{
    /// <summary>Reads the number and checks the digits in parentheses, which mean the uncertainty of the last places.</summary>
    public static bool TryParse(CifToken value, out double number)
    {
        string text = value.Text;
        int parenthesis = text.IndexOf('(', StringComparison.Ordinal);
        if (parenthesis >= 0)
        {
            string uncertainty = text[parenthesis..];
            if (uncertainty.Length < 2 || !uncertainty.EndsWith(')') || !uncertainty[1..^1].All(char.IsAsciiDigit))
            {
                number = 0;
                return false;
            }

            text = text[..parenthesis];
        }

        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
