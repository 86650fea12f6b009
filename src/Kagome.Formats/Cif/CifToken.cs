namespace Kagome.Formats.Cif;

/// <summary>A word of a CIF.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The word without quotes; headings without data_ or save_.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="IsQuoted">Whether it stood in quotes or semicolons, where ? and . have no special meaning.</param>
internal readonly record struct CifToken(CifTokenKind Kind, string Text, int Line, bool IsQuoted = false)
{
    /// <summary>Whether the value is ? (not known) or . (does not apply).</summary>
    public bool IsMissing => !IsQuoted && Text is "?" or ".";
}
