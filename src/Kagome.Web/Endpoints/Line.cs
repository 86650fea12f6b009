namespace Kagome.Web.Endpoints;

/// <summary>The line in which requests wait that cost something.</summary>
internal static class Line
{
    public const string Name = "line";
}
