namespace Kagome.Formats.JsonLines;

/// <summary>Names of the fields that are no labels.</summary>
internal static class JsonLinesConstants
{
    public const string Id = "id";
    public const string Formula = "formula";
    public const string AtomCount = "n";
    public const string Cell = "cell";
    public const string AtomicNumbers = "z";
    public const string Positions = "frac";
    public const string Split = "split";

    public static bool IsLabelName(string name) =>
        name is not (Id or Formula or AtomCount or Cell or AtomicNumbers or Positions or Split);
}
