using System.Collections.Immutable;
using System.Text.Json;

namespace Kagome.Formats.JsonDialects;

/// <summary>An object or row that holds a structure beside what is known of it: ComputedStructureEntry, documents of the Materials Project, rows of pandas.</summary>
/// <remarks>Numbers beside the structure are labels, such as energy (of the whole cell, in eV, where pymatgen writes it) or energy_above_hull.</remarks>
internal static class StructureDocument
{
    /// <summary>Where a structure may be, the first present counts; relaxed ones come before those that they began from.</summary>
    private static readonly string[] StructureNames =
    [
        "structure",
        "final_structure",
        "relaxed_structure",
        "computed_structure_entry",
        "atoms",
        "cif",
        "initial_structure",
    ];

    private static readonly string[] IdNames =
    [
        "material_id",
        "entry_id",
        "id",
        "jid",
        "task_id",
        "mp_id",
        "matbench_id",
    ];

    private const string SplitName = "split";

    /// <summary>Whether a field holds a crystal, or a text that may be one.</summary>
    public static bool Holds(IReadOnlyList<JsonField> fields) =>
        Find(fields, StructureNames) is { } found
        && (
            found.ValueKind == JsonValueKind.String
            || (found.ValueKind == JsonValueKind.Object && JsonDialect.Holds(found))
        );

    /// <summary>Whether a heading is that of structures.</summary>
    public static bool IsStructureName(string name) =>
        StructureNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <exception cref="FormatException">There is no structure, or one that cannot be used.</exception>
    public static JsonCrystal Read(IReadOnlyList<JsonField> fields, string path)
    {
        if (Find(fields, StructureNames) is not { } structure)
        {
            throw new FormatException(
                $"there is no structure; expected a field or column of the name {string.Join(", ", StructureNames[..^1])} or {StructureNames[^1]}."
            );
        }

        JsonCrystal crystal = JsonDialect.Read(structure, path);
        ImmutableSortedDictionary<string, double> labels = JsonField.Labels(fields, IsLabelName);
        return crystal with
        {
            Id = Find(fields, IdNames)?.ToString() ?? crystal.Id,
            Split = Find(fields, [SplitName])?.ToString() ?? crystal.Split,
            Labels = crystal.Labels.SetItems(labels),
        };
    }

    private static bool IsLabelName(string name) =>
        name != SplitName && !IdNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

    private static JsonElement? Find(IReadOnlyList<JsonField> fields, string[] names)
    {
        foreach (string name in names)
        {
            foreach (JsonField field in fields)
            {
                bool isMeant =
                    field.Value.ValueKind != JsonValueKind.Null
                    && field.Name.AsSpan().Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
                if (isMeant)
                {
                    return field.Value;
                }
            }
        }

        return null;
    }
}
