using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Reads the atom sites of a data block: each of one element, in full or, where it is left out, not occupied.</summary>
internal sealed class CifSites
{
    private readonly CifBlock block;
    private readonly CifCoordinates coordinates;
    private readonly IReadOnlyList<CifToken>? symbols;
    private readonly IReadOnlyList<CifToken>? labels;
    private readonly IReadOnlyList<CifToken>? occupancies;
    private readonly IReadOnlyList<CifToken>? flags;
    private readonly List<CifToken> hydroxyls = [];

    private CifSites(CifBlock block, Lattice lattice)
    {
        this.block = block;
        coordinates = CifCoordinates.Of(block, lattice);
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
    public static IReadOnlyList<CifSite> Read(CifBlock block, Lattice lattice)
    {
        CifSites sites = new(block, lattice);
        int count = sites.coordinates.Count;
        CifSite[] read = [.. Enumerable.Range(0, count).Where(sites.IsOccupied).Select(sites.ReadSite)];
        if (read.Length == 0)
        {
            throw block.ProblemInBlock($"none of the {count} sites is occupied; expected atoms.");
        }

        sites.Remark(count - read.Length, !Array.Exists(read, site => site.Site.Element.AtomicNumber == 1));
        return read;
    }

    private void Remark(int emptyCount, bool hasNoHydrogen)
    {
        coordinates.RemarkDots();
        if (emptyCount > 0)
        {
            block.Remark(
                occupancies![0],
                $"{emptyCount} of {coordinates.Count} sites have the occupancy 0 and are left out."
            );
        }

        if (hydroxyls.Count > 0 && hasNoHydrogen)
        {
            block.Remark(
                hydroxyls[0],
                $"the label '{hydroxyls[0].Text}' tells of a hydroxyl group or water; it is read as oxygen, and the block lists no hydrogen."
            );
        }
    }

    private IReadOnlyList<CifToken>? Column(string name)
    {
        IReadOnlyList<CifToken>? values = block.Values(name);
        return values is null || values.Count == coordinates.Count
            ? values
            : throw block.ProblemInBlock(
                $"{name} has {values.Count} values and {coordinates.Name} has {coordinates.Count}; expected one loop of both."
            );
    }

    private CifSite ReadSite(int row)
    {
        CifToken source = (labels ?? symbols)![row];
        string name = source.IsMissing ? $"{row + 1}" : source.Text;
        (Fractional position, Fractional precision) = coordinates.Read(row, name);
        if (CellChecks.Problem(position) is { } problem)
        {
            throw block.ProblemAt(source, $"site {name}: {problem}.");
        }

        Element element = ReadElement(row, name);
        return new CifSite(name, new Site(element, position), precision, source);
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
                    $"site {name} has the type symbol '{symbols[row].Text}'; {AtomSymbol.Expected}."
                );
        }

        return ElementOfLabel(labels?[row] ?? symbols![row]);
    }

    private Element ElementOfLabel(CifToken label)
    {
        if (!AtomLabel.TryParse(label.IsMissing ? "" : label.Text, out Element element, out string? problem))
        {
            throw block.ProblemAt(label, $"the label '{label.Text}' {problem} add {CifConstants.TypeSymbol}.");
        }

        if (AtomLabel.IsOfHydroxylOrWater(label.Text))
        {
            hydroxyls.Add(label);
        }

        return element;
    }

    /// <summary>Whether the site is occupied in full; false where it is not at all.</summary>
    private bool IsOccupied(int row)
    {
        if (occupancies is null || occupancies[row].IsMissing)
        {
            return true;
        }

        CifToken value = occupancies[row];
        string name = $"site {(labels ?? symbols)![row].Text}";
        if (!CifNumber.TryParse(value, out double occupancy))
        {
            throw block.ProblemAt(value, $"{name} has the occupancy '{value.Text}'; expected a number.");
        }

        return occupancy == 0 || Math.Abs(occupancy - 1) <= CifConstants.OccupancyTolerance
            ? occupancy != 0
            : throw block.ProblemAt(
                value,
                $"{name} has the occupancy {value.Text}; expected 1. Disordered crystals need an ordered model first."
            );
    }
}

/// <summary>A row of the atom sites.</summary>
/// <param name="Name">Its label, or what else names it in messages.</param>
/// <param name="Site">The atom.</param>
/// <param name="Precision">How far rounding may have moved each coordinate; 0 where it is taken as exact.</param>
/// <param name="Source">Where it stands in the file.</param>
internal readonly record struct CifSite(string Name, Site Site, Fractional Precision, CifToken Source);
