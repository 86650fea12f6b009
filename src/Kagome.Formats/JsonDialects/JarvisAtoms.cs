using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>The atoms of JARVIS: lattice_mat in Å, elements, and coords, fractional unless cartesian is true.</summary>
/// <remarks>Source: jarvis.core.atoms.Atoms.to_dict of jarvis-tools.</remarks>
internal static class JarvisAtoms
{
    private const string LatticeName = "lattice_mat";
    private const string CoordinatesName = "coords";
    private const string ElementsName = "elements";
    private const string CartesianName = "cartesian";

    public static bool Holds(JsonElement value) => value.Member(LatticeName) is not null;

    /// <exception cref="FormatException">A field is missing, or is not what it should be.</exception>
    public static Structure Read(JsonElement atoms)
    {
        Lattice lattice = JsonVectors.Lattice(atoms.Member(LatticeName), LatticeName);
        JsonElement[] symbols = JsonVectors.Atoms(atoms.Member(ElementsName), ElementsName);
        JsonElement[] positions = JsonVectors.Atoms(atoms.Member(CoordinatesName), CoordinatesName, symbols.Length);
        bool isCartesian = atoms.Member(CartesianName) is { ValueKind: JsonValueKind.True };
        return JsonVectors.Crystal(lattice, symbols.Zip(positions).Select(ReadSite));

        Site ReadSite((JsonElement Symbol, JsonElement Position) atom, int index)
        {
            Element element = JsonVectors.Element(atom.Symbol, $"{ElementsName}[{index}]");
            Cartesian position = JsonVectors.Vector(atom.Position, $"{CoordinatesName}[{index}]");
            return new Site(
                element,
                isCartesian ? lattice.ToFractional(position) : new Fractional(position.X, position.Y, position.Z)
            );
        }
    }
}
