namespace Kagome.Formats.Text;

/// <summary>How many bytes a compressed file, or all members of an archive together, may become.</summary>
/// <param name="compressedLength">The length of the file, in bytes.</param>
internal sealed class DecompressionBudget(long compressedLength)
{
    /// <summary>Texts of crystals shrink to a tenth or, where all are alike, to a fiftieth; a bomb shrinks a thousandfold.</summary>
    private const long LargestRatio = 200;

    private const long AlwaysAllowed = FormatLimits.MaximumCharacters;

    private readonly long limit = Math.Max(AlwaysAllowed, LargestRatio * compressedLength);
    private long used;

    /// <exception cref="InvalidDataException">It is spent.</exception>
    public void Take(int bytes)
    {
        used += bytes;
        if (used > limit)
        {
            throw new InvalidDataException(
                $"{compressedLength} bytes become more than {limit}, as no file of crystals does. Unpack it first if it is one."
            );
        }
    }
}
