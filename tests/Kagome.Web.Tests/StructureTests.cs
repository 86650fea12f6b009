using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;
using Kagome.Tests;
using Kagome.Web.Hosting;
using static Kagome.Web.Tests.RunningServer;

namespace Kagome.Web.Tests;

/// <summary>Structures over HTTP: candidates as files and scenes, and files that visitors bring.</summary>
public sealed class StructureTests : IAsyncLifetime
{
    private const string RockSalt = """
        data_NaCl
        _cell_length_a 5.64
        _cell_length_b 5.64
        _cell_length_c 5.64
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 90
        _space_group_name_H-M_alt 'F m -3 m'
        loop_
        _atom_site_label
        _atom_site_type_symbol
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z
        Na1 Na 0 0 0
        Cl1 Cl 0.5 0.5 0.5
        """;

    private readonly TinyModels models = new();
    private readonly TemporaryFolder folder = new();
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await BeginAsync(models, folder["data"]);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        models.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("cif", ".cif")]
    [InlineData("poscar", ".poscar")]
    [InlineData("extxyz", ".extxyz")]
    [InlineData("json", ".json")]
    public async Task Candidate_is_downloaded_and_read_back(string format, string ending)
    {
        string id = await server.PredictedAsync();
        HttpResponseMessage response = await server.Client.GetAsync(
            $"api/jobs/{id}/candidates/1/file?format={format}",
            TestContext.Current.CancellationToken
        );
        string name = response.Content.Headers.ContentDisposition!.FileName!;
        Assert.EndsWith(ending, name, StringComparison.Ordinal);
        string path = folder[name];
        await File.WriteAllBytesAsync(
            path,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        Assert.Equal("NaCl", StructureFile.ReadSingle(path).Structure.Composition.ReducedFormula);
    }

    [Fact]
    public async Task Unknown_format_is_refused()
    {
        string id = await server.PredictedAsync();
        await AssertRefusedAsync(
            await server.Client.GetAsync(
                $"api/jobs/{id}/candidates/1/file?format=docx",
                TestContext.Current.CancellationToken
            ),
            HttpStatusCode.UnprocessableEntity,
            "format is 'docx'; expected cif"
        );
    }

    [Fact]
    public async Task Zip_holds_every_crystal_in_every_format_and_is_the_same_each_time()
    {
        string id = await server.PredictedAsync(samples: 3);
        byte[] zip = await server.Client.GetByteArrayAsync(
            $"api/jobs/{id}/structures.zip",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            zip,
            await server.Client.GetByteArrayAsync(
                $"api/jobs/{id}/structures.zip",
                TestContext.Current.CancellationToken
            )
        );
        using ZipArchive archive = new(new MemoryStream(zip));
        int crystals = (await server.GetAsync($"api/jobs/{id}/candidates"))
            .GetProperty("candidates")
            .EnumerateArray()
            .Count(entry => entry.GetProperty("cell").ValueKind != JsonValueKind.Null);
        Assert.Equal(
            crystals,
            archive.Entries.Count(entry => entry.Name.EndsWith(".poscar", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("ase", ".db")]
    [InlineData("optimade", ".jsonl")]
    public async Task Job_is_exported_and_read_back(string format, string ending)
    {
        string id = await server.PredictedAsync(samples: 3);
        HttpResponseMessage response = await server.Client.GetAsync(
            $"api/jobs/{id}/export?format={format}",
            TestContext.Current.CancellationToken
        );
        string name = response.Content.Headers.ContentDisposition!.FileName!;
        Assert.EndsWith(ending, name, StringComparison.Ordinal);
        string path = folder[name];
        await File.WriteAllBytesAsync(
            path,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        JsonElement[] entries =
        [
            .. (await server.GetAsync($"api/jobs/{id}/candidates"))
                .GetProperty("candidates")
                .EnumerateArray()
                .Where(entry => entry.GetProperty("cell").ValueKind != JsonValueKind.Null),
        ];
        CrystalRecord[] read = [.. StructureFile.Read(path)];
        Assert.Equal(
            entries.Select(entry => (double)entry.GetProperty("rank").GetInt32()),
            read.Select(record => record.Labels["rank"])
        );
        Assert.All(read, record => Assert.Equal("NaCl", record.Structure.Composition.ReducedFormula));
        Assert.Empty(Directory.GetFileSystemEntries(folder["data/exports/"]));
    }

    [Fact]
    public async Task File_is_described_and_drawn()
    {
        JsonElement contents = await LookAsync("salt.cif", RockSalt);
        Assert.Equal(1, contents.GetProperty("total").GetInt32());
        JsonElement structure = contents.GetProperty("structures")[0];
        JsonElement description = structure.GetProperty("description");
        Assert.Equal("Fm-3m", description.GetProperty("space_group").GetProperty("symbol").GetString());
        Assert.True(description.GetProperty("valid").GetBoolean());
        Assert.Equal(JsonValueKind.Number, structure.GetProperty("energy_above_hull").ValueKind);
        JsonElement scene = await JsonAsync(
            await server.PostAsync("api/scene?cell=primitive&supercell=2,1,1", structure.GetProperty("structure")),
            HttpStatusCode.OK
        );
        Assert.Equal([2, 1, 1], scene.GetProperty("supercell").EnumerateArray().Select(count => count.GetInt32()));
        Assert.Equal(
            4,
            scene.GetProperty("atoms").EnumerateArray().Count(atom => atom.GetProperty("kind").GetString() == "cell")
        );
    }

    [Fact]
    public async Task File_says_which_predictions_it_matches()
    {
        string id = await server.PredictedAsync();
        string cif = await server.Client.GetStringAsync(
            $"api/jobs/{id}/candidates/1/file?format=cif",
            TestContext.Current.CancellationToken
        );
        JsonElement structure = (await LookAsync("mine.cif", cif)).GetProperty("structures")[0];
        Assert.Equal(1, structure.GetProperty("predicted").GetInt32());
        JsonElement match = structure
            .GetProperty("matches")
            .EnumerateArray()
            .First(found => found.GetProperty("rank").GetInt32() == 1);
        Assert.Equal(id, match.GetProperty("job").GetString());
        Assert.Equal(0, match.GetProperty("rms").GetDouble(), 1e-3);
    }

    [Theory]
    [InlineData("salt.cif", "this is no CIF", "salt.cif")]
    [InlineData("salt.doc", "x", "tells no known format")]
    [InlineData("salt.cif.gz", "x", "unpack it first")]
    [InlineData("POSCAR", "", "POSCAR")]
    [InlineData("a.json", "[[[[", "a.json")]
    [InlineData("../../etc/a.extxyz", "1\n", "a.extxyz")]
    public async Task File_that_cannot_be_read_is_refused_without_a_path(string name, string text, string part)
    {
        using ByteArrayContent content = Body(text);
        HttpResponseMessage response = await server.Client.PostAsync(
            $"api/structures?name={Uri.EscapeDataString(name)}",
            content,
            TestContext.Current.CancellationToken
        );
        await AssertRefusedAsync(response, HttpStatusCode.UnprocessableEntity, part);
        Assert.DoesNotContain(
            folder.Location,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Name_with_a_script_comes_out_as_it_is_in_JSON()
    {
        const string Script = "<script>alert(1)</script>";
        JsonElement contents = await LookAsync(
            "a.extxyz",
            $"1\nLattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3 id=\"{Script}\" name=\"{Script}\"\nPo 0 0 0\n"
        );
        Assert.Equal(1, contents.GetProperty("total").GetInt32());
        Assert.Equal(
            Script,
            contents.GetProperty("structures")[0].GetProperty("description").GetProperty("id").GetString()
        );
    }

    [Theory]
    [InlineData("{}", "no structure")]
    [InlineData("""{"lattice":[1,0,0,0,1,0,0,0,0],"elements":[11],"positions":[0,0,0]}""", "no structure")]
    [InlineData("""{"lattice":[3,0,0,0,3,0,0,0,3],"elements":[999],"positions":[0,0,0]}""", "no structure")]
    [InlineData("""{"lattice":[3,0,0,0,3,0,0,0,3],"elements":[11,11],"positions":[0,0,0]}""", "no structure")]
    public async Task Scene_of_no_structure_is_refused(string body, string part)
    {
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        await AssertRefusedAsync(
            await server.Client.PostAsync("api/scene", content, TestContext.Current.CancellationToken),
            HttpStatusCode.UnprocessableEntity,
            part
        );
    }

    [Theory]
    [InlineData(1, 1000)] // all atoms are near all others
    [InlineData(1.5, 2000)] // with images in hundreds of cells
    public async Task Scene_of_a_cell_too_dense_or_too_flat_is_drawn_without_bonds(double width, double height)
    {
        const int Atoms = 1_500;
        object structure = new
        {
            lattice = new[] { width, 0, 0, 0, width, 0, 0, 0, height },
            elements = Enumerable.Repeat(55, Atoms),
            positions = Enumerable.Range(0, Atoms).SelectMany(atom => new[] { 0, 0, atom / (double)Atoms }),
        };
        JsonElement scene = await JsonAsync(await server.PostAsync("api/scene", structure), HttpStatusCode.OK);
        Assert.Equal(0, scene.GetProperty("bonds").GetArrayLength());
    }

    [Theory]
    [InlineData("0,1,1")]
    [InlineData("4,1,1")]
    [InlineData("1,1")]
    [InlineData("a,b,c")]
    public async Task Supercell_out_of_range_is_refused(string supercell)
    {
        JsonElement structure = (await LookAsync("salt.cif", RockSalt))
            .GetProperty("structures")[0]
            .GetProperty("structure");
        await AssertRefusedAsync(
            await server.PostAsync($"api/scene?supercell={supercell}", structure),
            HttpStatusCode.UnprocessableEntity,
            "expected three whole numbers from 1 to 3"
        );
    }

    [Fact]
    public async Task Comparison_of_a_candidate_with_itself_is_a_match()
    {
        string id = await server.PredictedAsync();
        JsonElement comparison = await server.GetAsync($"api/jobs/{id}/comparison?first=1&second=1");
        Assert.True(comparison.GetProperty("same").GetBoolean());
        Assert.Equal(0, comparison.GetProperty("rms").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Formula_is_checked_while_it_is_typed()
    {
        JsonElement formula = await server.GetAsync("api/formulas/Mg2SiO4?max_atoms=14");
        Assert.Equal("Mg2SiO4", formula.GetProperty("reduced_formula").GetString());
        Assert.Equal(7, formula.GetProperty("cells")[0].GetProperty("atoms").GetInt32());
        await AssertRefusedAsync(
            await server.Client.GetAsync("api/formulas/nacl", TestContext.Current.CancellationToken),
            HttpStatusCode.UnprocessableEntity,
            "NaCl"
        );
    }

    [Fact]
    public async Task Interface_describes_itself()
    {
        JsonElement document = await server.GetAsync("openapi/v1.json");
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        string[] paths = [.. document.GetProperty("paths").EnumerateObject().Select(path => path.Name)];
        Assert.Contains("/api/jobs", paths);
        Assert.Contains("/api/jobs/{id}/candidates/{rank}/scene", paths);
        Assert.True(
            document
                .GetProperty("components")
                .GetProperty("schemas")
                .GetProperty("JobRequest")
                .GetProperty("properties")
                .TryGetProperty("max_atoms", out _)
        );
    }

    [Fact]
    public void Viewer_is_the_one_that_was_checked() =>
        Assert.Equal(
            "f7cc78921ae72e7623e89cdd111434f58c2efddd2ffda1cd212644b406fb8016",
            Convert.ToHexStringLower(SHA256.HashData(PageFiles.Find("/vendor/3Dmol-min.js")!.Content))
        );

    private async Task<JsonElement> LookAsync(string name, string text)
    {
        using ByteArrayContent content = Body(text);
        return await JsonAsync(
            await server.Client.PostAsync(
                $"api/structures?name={name}",
                content,
                TestContext.Current.CancellationToken
            ),
            HttpStatusCode.OK
        );
    }
}
