namespace Kagome.Formats.Text;

/// <summary>How much a file may ask of this machine before it is refused.</summary>
/// <remarks>Each bound lies far above what real crystals need, and is checked before memory or time is spent.</remarks>
public static class FormatLimits
{
    /// <summary>The most atoms in one cell, symmetry images included.</summary>
    public const int MaximumAtoms = 100_000;

    /// <summary>The most characters of a file that is read as a whole: 256 MiB of plain text. Streamed data sets have no bound.</summary>
    public const long MaximumCharacters = 256L * 1024 * 1024;

    /// <summary>The most characters of one line; a JSON line of the most atoms takes about a third.</summary>
    public const int MaximumLineCharacters = 16 * 1024 * 1024;

    /// <summary>The longest lattice vector, in Å.</summary>
    public const double LongestVector = 1e5;

    /// <summary>The largest fractional coordinate; a hundred times larger ones have fewer digits behind the point than a place needs.</summary>
    public const double LargestCoordinate = 1e6;

    /// <summary>The smallest volume of a cell, in Å³; one below this is flat but for rounding: a hydrogen atom needs a thousand times more.</summary>
    public const double SmallestVolume = 1e-3;
}
