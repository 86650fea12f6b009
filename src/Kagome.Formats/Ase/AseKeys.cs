using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Formats.Ase;

/// <summary>ASE's rules for keys and for texts beside them.</summary>
/// <remarks>Source: ase/db/core.py, check. A key that is also a formula finds crystals of that formula, so that none is written.</remarks>
internal static partial class AseKeys
{
    /// <summary>The key of the crystal's name.</summary>
    public const string Id = "material_id";

    /// <summary>The key of the crystal's split.</summary>
    public const string Split = "split";

    /// <summary>Stands before a label's name that ASE would not take.</summary>
    private const string Prefix = "label_";

    /// <summary>Keys that name a crystal, the first that is there counts.</summary>
    public static readonly string[] Ids = [Id, "entry_id", "uid", "jid", "task_id", "mp_id", "name"];

    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "energy",
            "forces",
            "stress",
            "stresses",
            "dipole",
            "charges",
            "magmom",
            "magmoms",
            "free_energy",
            "energies",
            "dielectric_tensor",
            "born_effective_charges",
            "polarization",
            "positions",
            "numbers",
            "cell",
            "pbc",
            "initial_charges",
            "initial_magmoms",
            "id",
            "unique_id",
            "ctime",
            "mtime",
            "user",
            "fmax",
            "smax",
            "momenta",
            "constraints",
            "natoms",
            "formula",
            "age",
            "calculator",
            "calculator_parameters",
            "key_value_pairs",
            "data",
            "mass",
            "charge",
            "volume",
            "X",
            "external_tables",
            .. Element.All.Select(element => element.Symbol),
            .. Ids,
            Split,
        ]
    );

    /// <summary>Whether a label may be a key under its own name.</summary>
    public static bool IsKey(string label) =>
        Word().IsMatch(label)
        && !Reserved.Contains(label)
        && !label.StartsWith(Prefix, StringComparison.Ordinal)
        && !FormulaParser.TryParse(label, out _, out _);

    /// <summary>The label's own name where that is a key, else a key that is like it.</summary>
    public static string Like(string label) => IsKey(label) ? label : Prefix + NoWord().Replace(label, "_");

    /// <summary>Whether ASE takes a text for one: Python must not read it as a number.</summary>
    public static bool IsText(string value)
    {
        ReadOnlySpan<char> word = value.AsSpan().Trim();
        ReadOnlySpan<char> unsigned = word.TrimStart("+-");
        bool isWord =
            unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase);
        return word.Length > 0
            && !isWord
            && value.Any(letter => !char.IsDigit(letter) && !"+-._eE \t".Contains(letter, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("[^A-Za-z0-9_]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoWord();
}
