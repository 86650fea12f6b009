using Kagome.Formats.Reading;

namespace Kagome.Formats.ExtXyz;

/// <summary>Where the element and the position stand in the lines of a frame, counted from 0.</summary>
internal readonly record struct ExtXyzColumns(int Species, int Position)
{
    /// <summary>Reads a description such as <c>species:S:1:pos:R:3:forces:R:3</c>.</summary>
    /// <returns>Null where it cannot be read, or lacks one of the two.</returns>
    public static ExtXyzColumns? Parse(string properties)
    {
        string[] parts = properties.Split(':');
        int? species = null;
        int? position = null;
        int column = 0;
        for (int part = 0; part + 2 < parts.Length; part += 3)
        {
            if (!NumberText.TryParseCount(parts[part + 2], out int width) || width > FormatLimits.MaximumAtoms)
            {
                return null;
            }

            (species, position) = (parts[part], width) switch
            {
                ("species", 1) => (column, position),
                ("pos", 3) => (species, column),
                _ => (species, position),
            };
            column += width;
        }

        return species is { } speciesColumn && position is { } positionColumn && parts.Length % 3 == 0
            ? new ExtXyzColumns(speciesColumn, positionColumn)
            : null;
    }
}
