using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>pymatgen's Structure, and the classes that keep their crystal in the same way.</summary>
/// <remarks>Source: pymatgen.core.structure.Structure.as_dict and pymatgen.core.lattice.Lattice.as_dict.</remarks>
internal static class PymatgenStructure
{
    private static readonly string[] Classes =
    [
        PymatgenConstants.Structure,
        "IStructure",
        "Slab",
        "Interface",
        "GrainBoundary",
    ];

    private static readonly string[] ParameterNames = ["a", "b", "c", "alpha", "beta", "gamma"];

    /// <summary>Whether an object is meant to be one.</summary>
    public static bool Holds(JsonElement value) =>
        value.Member(PymatgenConstants.Lattice) is not null && value.Member(PymatgenConstants.Sites) is not null;

    /// <exception cref="FormatException">A field is missing, or is not what it should be.</exception>
    public static JsonCrystal Read(JsonElement entry)
    {
        Structure structure = ReadStructure(entry);
        JsonElement? properties = entry.Member(PymatgenConstants.Properties);
        return new JsonCrystal(structure)
        {
            Id = properties?.Member(PymatgenConstants.Id)?.ToString(),
            Split = properties?.Member(PymatgenConstants.Split)?.ToString(),
            Labels = JsonField.Labels(
                properties is { } known ? JsonField.Of(known) : [],
                PymatgenConstants.IsLabelName
            ),
        };
    }

    private static Structure ReadStructure(JsonElement entry)
    {
        string className = entry.Member(PymatgenConstants.Class)?.ToString() ?? PymatgenConstants.Structure;
        if (
            !Classes.Contains(className)
            || entry.Member(PymatgenConstants.Lattice) is not { } cell
            || entry.Member(PymatgenConstants.Sites) is not { ValueKind: JsonValueKind.Array } sites
        )
        {
            throw new FormatException(
                Classes.Contains(className)
                    ? "there is no lattice or no list of sites; expected a pymatgen Structure, or what docs/formats.md lists."
                    : $"the object is a {className}; expected a pymatgen Structure, or an object that holds one."
            );
        }

        JsonElement[] atoms = JsonVectors.Atoms(sites, PymatgenConstants.Sites);
        Lattice lattice = ReadLattice(cell);
        bool isOriented = cell.Member(PymatgenConstants.Matrix) is not null;
        return JsonVectors.Crystal(lattice, atoms.Select((site, index) => ReadSite(site, index, lattice, isOriented)));
    }

    private static Lattice ReadLattice(JsonElement cell)
    {
        if (
            cell.Member("pbc") is { ValueKind: JsonValueKind.Array } periodic
            && periodic.EnumerateArray().Any(direction => direction.ValueKind == JsonValueKind.False)
        )
        {
            throw new FormatException(
                $"lattice.pbc is {periodic}; expected true three times: a crystal repeats in three directions."
            );
        }

        if (cell.Member(PymatgenConstants.Matrix) is { } matrix)
        {
            return JsonVectors.Lattice(matrix, $"{PymatgenConstants.Lattice}.{PymatgenConstants.Matrix}");
        }

        double[] values = [.. ParameterNames.Select(name => Parameter(cell, name))];
        LatticeParameters parameters = new(values[0], values[1], values[2], values[3], values[4], values[5]);
        return CellChecks.Problem(parameters) is { } problem
            ? throw new FormatException($"lattice: {problem}.")
            : Lattice.FromParameters(parameters);
    }

    private static double Parameter(JsonElement cell, string name) =>
        cell.Member(name) is { } value && JsonNumbers.Finite(value) is { } number
            ? number
            : throw new FormatException(
                $"lattice has no matrix of three vectors and no number {name}; expected the one, in Å, or a, b, c, alpha, beta and gamma."
            );

    private static Site ReadSite(JsonElement site, int index, Lattice lattice, bool isOriented)
    {
        string name = $"sites[{index}]";
        Element element = ReadElement(site, name);
        if (site.Member(PymatgenConstants.Fractional) is { } fractional)
        {
            Cartesian position = JsonVectors.Vector(fractional, $"{name}.{PymatgenConstants.Fractional}");
            return new Site(element, new Fractional(position.X, position.Y, position.Z));
        }

        // lengths and angles do not tell which way the axes of xyz point
        return isOriented && site.Member(PymatgenConstants.Cartesian) is { } cartesian
            ? new Site(
                element,
                lattice.ToFractional(JsonVectors.Vector(cartesian, $"{name}.{PymatgenConstants.Cartesian}"))
            )
            : throw new FormatException(
                $"{name} has neither abc nor{(isOriented ? "" : ", with lattice vectors,")} xyz; expected its coordinates."
            );
    }

    private static Element ReadElement(JsonElement site, string name)
    {
        if (
            site.Member(PymatgenConstants.Species) is not { ValueKind: JsonValueKind.Array } species
            || species.GetArrayLength() != 1
        )
        {
            throw new FormatException(
                $"{name} does not list exactly one species; expected one. Disordered crystals need an ordered model first."
            );
        }

        string symbol = species[0].Member(PymatgenConstants.Element)?.ToString() ?? "";
        double? occupancy = species[0].Member(PymatgenConstants.Occupancy) is { } value ? JsonNumbers.Finite(value) : 1;
        if (!(Math.Abs((occupancy ?? 0) - 1) <= PymatgenConstants.OccupancyTolerance))
        {
            throw new FormatException(
                $"{name} ({symbol}) has the occupancy {occupancy}; expected 1. Disordered crystals need an ordered model first."
            );
        }

        return JsonVectors.Element(species[0].Member(PymatgenConstants.Element) ?? default, name);
    }
}
