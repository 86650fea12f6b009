using System.IO.Compression;
using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Matching;

/// <summary>Pairs of real crystals with what pymatgen 2022.11.7's StructureMatcher.get_rms_dist says of them.</summary>
internal static class GoldenPairs
{
    public static IEnumerable<GoldenPair> Read()
    {
        using FileStream file = File.OpenRead(
            Path.Combine(AppContext.BaseDirectory, "Data", "structure-matcher.jsonl.gz")
        );
        using GZipStream unzipped = new(file, CompressionMode.Decompress);
        using StreamReader reader = new(unzipped);
        for (int index = 0; reader.ReadLine() is { } line; index++)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement pair = document.RootElement;
            yield return new(
                index,
                pair.GetProperty("kind").GetString()!,
                ReadStructure(pair.GetProperty("a")),
                ReadStructure(pair.GetProperty("b")),
                ReadRms(pair.GetProperty("rms").GetProperty("csp")),
                ReadRms(pair.GetProperty("rms").GetProperty("default")),
                pair.GetProperty("seconds").GetDouble()
            );
        }
    }

    private static double[]? ReadRms(JsonElement rms) => rms.ValueKind == JsonValueKind.Null ? null : ReadNumbers(rms);

    private static Structure ReadStructure(JsonElement structure)
    {
        double[] cell = ReadNumbers(structure.GetProperty("cell"));
        return new(
            Lattice.FromParameters(new(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5])),
            structure
                .GetProperty("z")
                .EnumerateArray()
                .Zip(structure.GetProperty("frac").EnumerateArray())
                .Select(pair => new Site(new Element(pair.First.GetInt32()), ReadPosition(pair.Second)))
        );
    }

    private static Fractional ReadPosition(JsonElement position)
    {
        double[] numbers = ReadNumbers(position);
        return new(numbers[0], numbers[1], numbers[2]);
    }

    private static double[] ReadNumbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
