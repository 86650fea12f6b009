using System.Text.RegularExpressions;

namespace Kagome.Formats.Tests.Cif;

/// <summary>The crystals that Debian ships with Avogadro 2: 510 files of several databases and programs.</summary>
public sealed partial class AvogadroCrystalTests
{
    private const string Folder = "/usr/share/avogadro2/crystals";
    private const int FileCount = 510;

    /// <summary>How many files are refused for each reason; every other one is read.</summary>
    private static readonly Dictionary<string, int> Refusals = new()
    {
        ["has the occupancy"] = 26,
        ["does not have the shape"] = 3, // lengths in place of angles, and angles of other groups
        ["values for"] = 3, // the end of the file is repeated in part
        ["share the place"] = 4,
        ["may be a dummy"] = 2, // water molecules
        ["has no place"] = 1,
    };

    [Fact]
    public void Read_refuses_only_what_is_no_ordered_crystal()
    {
        string[] files = Files();
        string[] problems =
        [
            .. files.SelectMany(DataSet.Read).Where(entry => !entry.IsRecord).Select(entry => entry.Problem!.Problem),
        ];

        Dictionary<string, int> reasons = problems.CountBy(Reason).ToDictionary();
        Assert.Equal(Refusals, reasons);
        Assert.Equal(FileCount, files.Length);
    }

    public static string[] Files()
    {
        if (!Directory.Exists(Folder))
        {
            Assert.Skip($"There is no {Folder}; install libavogadro-data to run this test.");
        }

        return
        [
            .. Directory.EnumerateFiles(Folder, "*.cif", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
        ];
    }

    private static string Reason(string problem) => Reasons().Match(problem).Value;

    [GeneratedRegex(
        "has the occupancy|does not have the shape|share the place|has no place|may be a dummy|values for",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Reasons();
}
