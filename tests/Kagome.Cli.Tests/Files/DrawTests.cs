using System.Xml.Linq;

namespace Kagome.Cli.Tests.Files;

public sealed class DrawTests
{
    private static readonly byte[] PngStart = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [Fact]
    public async Task Draw_writes_a_png_of_two_crystals()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        (await ProgramRun.Of("draw", path, path, "--out", folder["two.png"])).AssertSuccess();
        Assert.Equal(
            PngStart,
            (await File.ReadAllBytesAsync(folder["two.png"], TestContext.Current.CancellationToken))[..4]
        );
    }

    [Fact]
    public async Task Draw_svg_holds_titles_and_elements()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        (
            await ProgramRun.Of("draw", path, path, "--titles", "predicted,known", "--out", folder["two.svg"])
        ).AssertSuccess();
        string[] texts = [.. XDocument.Load(folder["two.svg"]).Descendants().Select(element => element.Value.Trim())];
        Assert.All(["predicted", "known", "Na", "Cl"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public async Task Draw_says_what_the_reader_decided()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("NaCl.cif", TestCrystals.RemarkableCif);
        ProgramRun run = await ProgramRun.Of("draw", path, "--out", folder["one.png"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("remark: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draw_titles_of_another_number_are_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        (await ProgramRun.Of("draw", path, "--titles", "a,b", "--out", folder["p.png"])).AssertRefused(
            "--titles has 2 titles; expected 1"
        );
    }

    [Fact]
    public async Task Draw_another_ending_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        (await ProgramRun.Of("draw", path, "--out", folder["p.gif"])).AssertRefused("neither .png nor .svg");
        Assert.Equal(["NaCl.cif"], folder.FileNames);
    }
}
