namespace Kagome.Core.Compositions;

/// <summary>A text that is no chemical formula.</summary>
public sealed class FormulaException(string formula, int position, string problem)
    : FormatException($"Formula '{formula}', character {position + 1}: {problem}")
{
    public string Formula { get; } = formula;

    /// <summary>Where the trouble is, counted from 0.</summary>
    public int Position { get; } = position;
}
