using System.Diagnostics;
using System.Text.Json;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Symmetry;

/// <summary>A symmetrised CIF is the same crystal, for us and for others.</summary>
public sealed class SymmetrisedCifTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const int RealCrystals = 60;

    /// <summary>Of the cube root of the volume per atom; atoms move by less than symprec.</summary>
    private const double LargestRms = 0.03;

    private readonly string folder = Directory.CreateTempSubdirectory("kagome-symmetry-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_textbook_crystals_read_back_as_the_same() =>
        AssertSame([KnownCrystals.RockSalt, KnownCrystals.Wurtzite, KnownCrystals.Rutile, KnownCrystals.Bismuth]);

    [Fact]
    public void Write_real_crystals_read_back_as_the_same() => AssertSame(RealOnes());

    [Fact]
    public void Write_real_crystals_is_read_alike_by_pymatgen_and_ase()
    {
        Structure[] crystals = [.. RealOnes()];
        string[] paths = [.. crystals.Select(Write)];
        JsonElement answer = Ask(paths);
        foreach ((string path, Structure crystal) in paths.Zip(crystals))
        {
            CrystalSymmetry found = new SymmetryFinder().Find(crystal)!;
            JsonElement read = answer.GetProperty(path);
            Assert.Equal(found.Group.Number, read.GetProperty("number").GetInt32());
            foreach (string reader in new[] { "pymatgen", "ase" })
            {
                Assert.Equal(found.ConventionalCell.AtomCount, read.GetProperty(reader)[0].GetInt32());
                Assert.InRange(read.GetProperty(reader)[1].GetDouble(), 0, LargestRms);
            }
        }
    }

    private static IEnumerable<Structure> RealOnes() =>
        DataSet
            .Read(SharedData.PathOrSkip("data/mp20-val.jsonl.gz"))
            .RecordsOrThrow()
            .Where((_, index) => index % 37 == 0)
            .Select(record => record.Structure)
            .Take(RealCrystals);

    private void AssertSame(IEnumerable<Structure> crystals)
    {
        StructureMatcher matcher = new(MatcherOptions.Default);
        Assert.All(
            crystals,
            crystal =>
            {
                Structure read = StructureFile.ReadSingle(Write(crystal)).Structure;
                Assert.Equal(new SymmetryFinder().Find(crystal)!.ConventionalCell.AtomCount, read.AtomCount);
                StructureMatch? match = matcher.Match(crystal, read, TestContext.Current.CancellationToken);
                Assert.InRange(match?.Rms ?? 1, 0, LargestRms);
            }
        );
    }

    /// <summary>Writes the crystal with all its atoms and symmetrised; returns the path of the latter.</summary>
    private string Write(Structure crystal)
    {
        string stem = Path.Combine(folder, $"{Guid.NewGuid():N}");
        StructureFile.Write($"{stem}.cif", new CrystalRecord("crystal", crystal));
        StructureFile.WriteCif($"{stem}_sym.cif", "crystal", new SymmetryFinder().Find(crystal)!.Standard);
        return $"{stem}_sym.cif";
    }

    private static JsonElement Ask(string[] paths)
    {
        if (!File.Exists(Python) || Run("-c", "import ase.io, pymatgen.io.cif, spglib").Code != 0)
        {
            Assert.Skip($"{Python} has no pymatgen, ASE and spglib; install python3-pymatgen and python3-ase.");
        }

        string script = Path.Combine(AppContext.BaseDirectory, "Data", "symmetrised.py");
        (int code, string output, string error) = Run([script, .. paths]);
        Assert.True(code == 0, error);
        using JsonDocument document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Python, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
