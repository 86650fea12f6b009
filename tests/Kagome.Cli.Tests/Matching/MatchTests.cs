using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Matching;

public sealed class MatchTests : IDisposable
{
    private const string RockSalt = """{"cell":[3.99,3.99,3.99,60,60,60],"z":[11,17],"frac":[[0,0,0],[0.5,0.5,0.5]]}""";
    private const string CaesiumType = """{"cell":[3.5,3.5,3.5,90,90,90],"z":[11,17],"frac":[[0,0,0],[0.5,0.5,0.5]]}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Match_larger_cell_prints_vectors_and_sites_of_the_given_cells()
    {
        string small = WritePoscar("small.vasp", PrimitiveRockSalt());
        string large = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of("match", large, small, "--json");
        run.AssertSuccess();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement mapping = document.RootElement.GetProperty("verdicts")[0].GetProperty("mapping");
        JsonElement[] sites = [.. mapping.GetProperty("sites").EnumerateArray()];
        Assert.Equal([4, 4], sites.Select(site => site.GetProperty("first").GetArrayLength()));
        Assert.Equal([1, 1], sites.Select(site => site.GetProperty("second").GetArrayLength()));
        Lattice cubic = Lattice.Cubic(5.6402);
        Cartesian vector = Vector(cubic, mapping.GetProperty("vectors")[0]);
        Assert.Equal(5.6402 / Math.Sqrt(2), vector.Length, 1e-6);

        ProgramRun text = await ProgramRun.Of("match", large, small);
        Assert.Contains("1/2", text.Output, StringComparison.Ordinal);
        Assert.Contains("Na1 Na2 Na3 Na4 - Na1", text.Output, StringComparison.Ordinal);
        Assert.Contains(": match, RMS 0.0000", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_file_with_an_entry_that_cannot_be_read_compares_the_others_and_says_so()
    {
        string small = WritePoscar("small.vasp", PrimitiveRockSalt());
        string many = folder.Write("many.jsonl", RockSalt + "\n{\"cell\":[1]}\n" + CaesiumType + "\n");
        ProgramRun run = await ProgramRun.Of("match", many, small);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("1 of 2 match", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("skipped: ", run.Error, StringComparison.Ordinal);
        ProgramRun none = await ProgramRun.Of("match", folder.Write("none.jsonl", "{\"cell\":[1]}\n"), small);
        none.AssertRefused("none.jsonl");
    }

    [Fact]
    public async Task Match_pairs_says_where_the_file_states_another_result()
    {
        string stated = Pair(RockSalt, RockSalt)[..^1];
        string path = folder.Write(
            "pairs.jsonl",
            stated
                + ",\"rms\":{\"csp\":[0,0],\"default\":[0,0]}}\n"
                + stated
                + ",\"rms\":{\"csp\":null,\"default\":[0,0]}}\n"
        );
        ProgramRun run = await ProgramRun.Of("match", "--pairs", path);
        Assert.StartsWith("1\tcsp: match, RMS 0.0000", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 pairs in", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 results differ", run.Error, StringComparison.Ordinal);
        Assert.Contains("lines 2 (csp)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_pairs_as_json_gives_a_line_for_each_also_for_bad_ones()
    {
        string path = folder.Write("pairs.jsonl", $"{Pair(RockSalt, RockSalt)}\n{{not json\n");
        ProgramRun run = await ProgramRun.Of("match", "--pairs", path, "--json");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        JsonElement[] lines = [.. ProgramRun.Lines(run.Output).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal("match", lines[0].GetProperty("verdict").GetProperty("default").GetString());
        Assert.Contains("no JSON", lines[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 lines hold no pair", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4 0 0\n0 4 0\n0.3 0.2 1e-9", "three vectors in Å that do not lie in a plane")]
    [InlineData("4 0 0\n0 4 0\n8 4 0", "of three vectors in Å")]
    public async Task Match_flat_cell_is_refused(string vectors, string expected)
    {
        string flat = folder.Write("flat.vasp", $"flat\n1.0\n{vectors}\nNa\n1\nDirect\n0 0 0\n");
        (await ProgramRun.Of("match", flat, flat)).AssertRefused(expected);
    }

    [Fact]
    public async Task Match_no_atoms_is_refused()
    {
        string empty = folder.Write("empty.vasp", "empty\n1.0\n4 0 0\n0 4 0\n0 0 4\nNa\n0\nDirect\n");
        ProgramRun run = await ProgramRun.Of("match", empty, empty);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
    }

    [Fact]
    public async Task Match_thousand_atoms_gets_a_verdict_within_the_time_limit()
    {
        Random random = new(1);
        string Gas(string name) =>
            WritePoscar(
                name,
                new Structure(
                    Lattice.Cubic(25),
                    Enumerable
                        .Range(0, 1000)
                        .Select(_ => new Site(
                            Element.FromSymbol("O"),
                            new(random.NextDouble(), random.NextDouble(), random.NextDouble())
                        ))
                )
            );
        ProgramRun run = await ProgramRun.Of("match", Gas("a.vasp"), Gas("b.vasp"), "--time-limit", "0.2");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("LimitExceeded", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("a.cif")]
    [InlineData("a.cif", "b.cif", "--pairs", "c.jsonl")]
    public async Task Match_without_two_files_or_pairs_is_refused(params string[] args) =>
        (await ProgramRun.Of(["match", .. args])).AssertRefused("--pairs");

    [Fact]
    public async Task Match_time_limit_of_nothing_is_refused() =>
        (await ProgramRun.Of("match", "a.cif", "b.cif", "--time-limit", "0")).AssertRefused("--time-limit is 0");

    private static string Pair(string first, string second) => $"{{\"a\":{first},\"b\":{second}}}";

    private static Cartesian Vector(Lattice lattice, JsonElement row) =>
        lattice.ToCartesian(new(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()));

    private static Structure PrimitiveRockSalt() =>
        new(
            Lattice.FromParameters(new(3.9882, 3.9882, 3.9882, 60, 60, 60)),
            [new(Element.FromSymbol("Na"), default), new(Element.FromSymbol("Cl"), new(0.5, 0.5, 0.5))]
        );

    private string WritePoscar(string name, Structure structure)
    {
        string path = folder[name];
        StructureFile.Write(path, new CrystalRecord(name, structure));
        return path;
    }
}
