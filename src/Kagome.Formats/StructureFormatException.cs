using Kagome.Formats;

namespace Kagome;

/// <summary>A file does not hold what its format asks for, or cannot be read or written at all.</summary>
/// <remarks>The message reads <c>path:line in context: problem</c>, as far as line and context are known.</remarks>
public sealed class StructureFormatException : KagomeException
{
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="line">The line, counted from 1; null where the whole file is meant.</param>
    /// <param name="problem">A sentence: the thing, its value, what was expected, the way out.</param>
    /// <param name="context">The part of the file, such as data_NaCl.</param>
    /// <param name="innerException">What the operating system or a library reported.</param>
    public StructureFormatException(
        string path,
        int? line,
        string problem,
        string? context = null,
        Exception? innerException = null
    )
        : base(Compose(path, line, problem, context), innerException)
    {
        Path = path;
        Line = line;
        Problem = problem;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>The line, counted from 1; null where the whole file is meant.</summary>
    public int? Line { get; }

    /// <summary>The message without its place.</summary>
    public string Problem { get; }

    /// <inheritdoc/>
    public override string Reword(Func<string, string> nameOf) =>
        Line is null ? InputException.Reword(Message, [nameof(CrystalReader.Format)], nameOf) : Message;

    private static string Compose(string path, int? line, string problem, string? context)
    {
        string place = line is null ? path : $"{path}:{line}";
        return context is null ? $"{place}: {problem}" : $"{place} in {context}: {problem}";
    }
}
