using System.Globalization;
using System.Text.RegularExpressions;
using Kagome.Crystals.Elements;

namespace Kagome.Formats.Calculations;

/// <summary>A folder of pseudopotentials in UPF.</summary>
/// <param name="path">Null where there is none.</param>
/// <param name="isNamed">Whether the user named it, so that what is missing in it is an error.</param>
internal sealed class UpfFolder(string? path, bool isNamed)
{
    private const string DebiansFolder = "/usr/share/espresso/pseudo";

    /// <summary>The folder that was named, or else Debian's where it exists.</summary>
    public static UpfFolder For(string? named) =>
        new(named ?? (Directory.Exists(DebiansFolder) ? DebiansFolder : null), isNamed: named is not null);

    /// <summary>The element's file, named Si.upf, Si.pbe-n-kjpaw.UPF or si_pbe_v1.uspp.F.UPF: of several one that was made for PBE, then one that says its cut-off, then the first by name. Null where none is found.</summary>
    /// <exception cref="InputException">The folder that was named has none, or a file's header names another element.</exception>
    public UpfFile? Find(Element element)
    {
        UpfFile? file = path is null
            ? null
            : Directory
                .EnumerateFiles(path)
                .Where(file => IsOf(element, Path.GetFileName(file)))
                .Select(UpfFile.Read)
                .OrderBy(file => file.IsPbe ? 0 : 1)
                .ThenBy(file => file.Cutoff is null ? 1 : 0)
                .ThenBy(file => file.Path, StringComparer.Ordinal)
                .FirstOrDefault();
        return file is { Element: { } other } && other != element.Symbol
                ? throw new InputException(
                    $"{file.Path} is a pseudopotential of {other}, as its header says; expected {element}. Take it out of the folder, or rename it.",
                    file.Path,
                    nameof(CalculationSettings.Pseudopotentials)
                )
            : file is not null ? file
            : isNamed
                ? throw new InputException(
                    $"{path} has no pseudopotential of {element}; expected a file such as {element}.upf.",
                    path,
                    nameof(CalculationSettings.Pseudopotentials)
                )
            : null;
    }

    private static bool IsOf(Element element, string name) =>
        name.EndsWith(".upf", StringComparison.OrdinalIgnoreCase)
        && name.StartsWith(element.Symbol, StringComparison.OrdinalIgnoreCase)
        && !char.IsAsciiLetter(name[element.Symbol.Length]);
}

/// <summary>A pseudopotential, as far as cut-offs depend on it.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Cutoff">Ry, of the wave functions; null where it does not say.</param>
/// <param name="DensityCutoff">Ry, of the density; null where it does not say.</param>
/// <param name="IsPbe">Whether it says that it was made for PBE.</param>
/// <param name="Element">The symbol that it says; null where it says none.</param>
/// <param name="IsNormConserving">Whether the density needs no more than four times the wave functions' cut-off.</param>
internal sealed record UpfFile(
    string Path,
    double? Cutoff,
    double? DensityCutoff,
    bool IsPbe,
    string? Element,
    bool IsNormConserving
)
{
    private const int HeaderLength = 20_000; // characters; what is looked for stands at the beginning
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Multiline;

    private static readonly Regex WaveCutoff = new(
        """(?:wfc_cutoff\s*=\s*"\s*|Suggested minimum cutoff for wavefunctions:\s*)(?<ry>[0-9.+ed-]+)""",
        Linear
    );

    private static readonly Regex RhoCutoff = new(
        """(?:rho_cutoff\s*=\s*"\s*|Suggested minimum cutoff for charge density:\s*)(?<ry>[0-9.+ed-]+)""",
        Linear
    );

    private static readonly Regex Pbe = new(
        """(?:functional\s*[:=]\s*"?\s*PBE\b|SLA\s+PW\s+PB[XE]\s+PB[CE]\b)""",
        Linear
    );

    private static readonly Regex NormConserving = new("""pseudo_type\s*=\s*"\s*(?:NC|SL)\s*"|^\s*NC\s+Norm""", Linear);

    private static readonly Regex Symbol = new(
        """(?:\belement\s*=\s*"\s*(?<symbol>[A-Z][a-z]?)\s*"|^\s*(?<symbol>[A-Z][a-z]?)\s+Element\s*$)""",
        RegexOptions.NonBacktracking | RegexOptions.Multiline
    );

    public static UpfFile Read(string path)
    {
        char[] buffer = new char[HeaderLength];
        using StreamReader reader = new(path);
        string header = new(buffer, 0, reader.ReadBlock(buffer));
        return new UpfFile(
            path,
            Number(WaveCutoff.Match(header)),
            Number(RhoCutoff.Match(header)),
            Pbe.IsMatch(header),
            Symbol.Match(header) is { Success: true } named ? named.Groups["symbol"].Value : null,
            NormConserving.IsMatch(header)
        );
    }

    private static double? Number(Match match) =>
        match.Success
        && double.TryParse(
            match.Groups["ry"].Value.ToUpperInvariant().Replace('D', 'E'),
            CultureInfo.InvariantCulture,
            out double number
        )
        && number is > 0 and < 1000
            ? number
            : null;
}
