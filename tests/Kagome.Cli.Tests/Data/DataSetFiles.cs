using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Data;

/// <summary>Data sets for tests.</summary>
internal static class DataSetFiles
{
    /// <summary>Crystals of polonium, all the same but for their size, with energies of 0.01, 0.02, …</summary>
    public static string WriteSeries(this TemporaryFolder folder, string name, int count)
    {
        DataSet.Write(folder[name], TestCrystals.Series(count));
        return folder[name];
    }

    /// <summary>Crystals of different formulas, two of each: CaO, Ca2O, …, as simple as can be.</summary>
    public static string WriteFormulas(this TemporaryFolder folder, string name, int count)
    {
        DataSet.Write(
            folder[name],
            [
                .. Enumerable
                    .Range(0, 2 * count)
                    .Select(number => new CrystalRecord($"{number}", Chain(1 + (number / 2), 3 + (number % 2)))),
            ]
        );
        return folder[name];
    }

    public static string[] Ids(string path) => [.. DataSet.Read(path).RecordsOrThrow().Select(record => record.Id)];

    private static Structure Chain(int calcium, double edge) =>
        new(
            Lattice.FromParameters(new LatticeParameters(edge * (calcium + 1), edge, edge, 90, 90, 90)),
            [
                new Site(Element.FromSymbol("O"), default),
                .. Enumerable
                    .Range(1, calcium)
                    .Select(place => new Site(
                        Element.FromSymbol("Ca"),
                        new Fractional((double)place / (calcium + 1), 0, 0)
                    )),
            ]
        );
}
