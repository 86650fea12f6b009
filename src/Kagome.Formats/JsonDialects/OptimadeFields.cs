using System.Text.RegularExpressions;

namespace Kagome.Formats.JsonDialects;

/// <summary>Names of fields of OPTIMADE that hold labels.</summary>
/// <remarks>Source: OPTIMADE 1.2.0, Definition of Terms: lower-case letters, digits and underscores; fields of a database begin with _ and its prefix.</remarks>
internal static partial class OptimadeFields
{
    /// <summary>Stands before names that only Kagome gives.</summary>
    public const string Prefix = "_kagome_";

    /// <summary>The field of a crystal's split.</summary>
    public const string Split = Prefix + "split";

    /// <summary>A field for each label, by the label; no two are the same.</summary>
    public static Dictionary<string, string> Of(IEnumerable<string> labels)
    {
        HashSet<string> taken = new(StringComparer.Ordinal) { Split };
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string label in labels)
        {
            string field = Field(label);
            string free = field;
            for (int number = 2; !taken.Add(free); number++)
            {
                free = $"{field}_{number}";
            }

            fields.Add(label, free);
        }

        return fields;
    }

    /// <summary>The label of a field.</summary>
    public static string Label(string field) =>
        field.StartsWith(Prefix, StringComparison.Ordinal) && field.Length > Prefix.Length
            ? field[Prefix.Length..]
            : field;

    private static string Field(string label) =>
        OfDatabase().IsMatch(label) && !label.StartsWith(Prefix, StringComparison.Ordinal)
            ? label
            : Prefix + Others().Replace(label.ToLowerInvariant(), "_");

    [GeneratedRegex(@"^_[a-z0-9]+_[a-z0-9_]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfDatabase();

    [GeneratedRegex("[^a-z0-9_]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Others();
}
