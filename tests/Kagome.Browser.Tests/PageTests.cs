using System.Text.RegularExpressions;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;
using Microsoft.Playwright;
using SkiaSharp;

namespace Kagome.Browser.Tests;

/// <summary>The page as a visitor meets it: a real browser, a real server, predictions by the models that ship.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private Chromium browser = null!;
    private ServedPage server = null!;

    public async ValueTask InitializeAsync()
    {
        browser = await Chromium.BeginAsync();
        server = await ServedPage.BeginAsync(folder["data"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Dispose();
            await browser.DisposeAsync();
        }

        folder.Dispose();
    }

    [Fact]
    public async Task Formula_becomes_a_table_a_picture_and_a_file_and_is_in_the_history()
    {
        IPage page = await browser.OpenAsync(server.Address);
        await PredictAsync(page, "NaCl");
        ILocator first = page.Locator("#candidates tr[data-rank='1']");
        Assert.Matches("225|Fm", await first.InnerTextAsync());
        Assert.True(await ColoursAsync(page.Locator("#view")) > 20, "The crystal is not to be seen.");

        IDownload download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("#downloads a[data-format='cif']").First.ClickAsync()
        );
        string path = folder[download.SuggestedFilename];
        await download.SaveAsAsync(path);
        CrystalRecord crystal = StructureFile.ReadSingle(path);
        Assert.Equal("Na4Cl4", crystal.Structure.Composition.Formula);

        string link = page.Url;
        Assert.Contains("job=", link, StringComparison.Ordinal);
        await page.ReloadAsync();
        await first.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "History" }).ClickAsync();
        await Assertions.Expect(page.Locator("#history")).ToContainTextAsync("NaCl");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Wrong_formula_is_answered_by_a_sentence_while_it_is_typed()
    {
        IPage page = await browser.OpenAsync(server.Address);
        await page.Locator("#formula").FillAsync("Xx2O3");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("unknown element 'Xx'");
        await page.Locator("#formula").FillAsync("SrTiO3");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("unknown element");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Arrows_walk_the_table_and_the_link_follows()
    {
        IPage page = await browser.OpenAsync(server.Address);
        await PredictAsync(page, "SrTiO3");
        ILocator rows = page.Locator("#candidates tr[data-rank]");
        Assert.True(await rows.CountAsync() > 1);
        string second = (await rows.Nth(1).GetAttributeAsync("data-rank"))!;
        await rows.First.ClickAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions
            .Expect(page)
            .ToHaveURLAsync(new Regex($"candidate={second}($|&)", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Job_of_a_killed_server_is_found_again_and_ends()
    {
        IPage page = await browser.OpenAsync(server.Address);
        await page.GotoAsync(server.Address);
        IAPIResponse posted = await page.APIRequest.PostAsync(
            $"{server.Address}/api/jobs",
            new APIRequestContextOptions
            {
                DataObject = new
                {
                    formula = "MgO",
                    samples = 40,
                    steps = 60,
                    candidates = "generated",
                    max_atoms = 8,
                },
            }
        );
        string id = (await posted.JsonAsync())!.Value.GetProperty("id").GetString()!;
        await page.GotoAsync($"{server.Address}/?job={id}");
        await Assertions.Expect(page.Locator("#progress")).ToBeVisibleAsync();
        await server.KillAsync();
        server.Dispose();
        server = await ServedPage.BeginAsync(folder["data"]);
        await page.GotoAsync($"{server.Address}/?job={id}");
        await page.Locator("#candidates tr[data-rank]").First.WaitForAsync();
        await Assertions
            .Expect(page.Locator("#progress[data-state='done']"))
            .ToBeVisibleAsync(new() { Timeout = 120_000 });
        IAPIResponse job = await page.APIRequest.GetAsync($"{server.Address}/api/jobs/{id}");
        Assert.Equal("done", (await job.JsonAsync())!.Value.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Scripts_in_formulas_and_files_come_out_as_text()
    {
        const string Script = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        IPage page = await browser.OpenAsync(server.Address);
        await page.Locator("#formula").FillAsync(Script);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Formula");
        string path = folder["script.extxyz"];
        await File.WriteAllTextAsync(
            path,
            $"1\nLattice=\"3.35 0 0 0 3.35 0 0 0 3.35\" Properties=species:S:1:pos:R:3 id=\"{Script}\" name=\"{Script}\" title=\"{Script}\"\nPo 0 0 0\n",
            TestContext.Current.CancellationToken
        );
        await page.GotoAsync($"{server.Address}/?view=file");
        await page.Locator("#file").SetInputFilesAsync(path);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Po");
        await page.GotoAsync(
            $"{server.Address}/?job={Uri.EscapeDataString(Script)}&candidate={Uri.EscapeDataString(Script)}"
        );
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("no job");
        Assert.Equal(0, await page.Locator("img[src='x']").CountAsync());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task File_that_is_chosen_is_described_and_drawn()
    {
        IPage page = await browser.OpenAsync($"{server.Address}/?view=file");
        string path = folder["POSCAR"];
        await File.WriteAllTextAsync(
            path,
            "rock salt\n1\n0 2.82 2.82\n2.82 0 2.82\n2.82 2.82 0\nNa Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n",
            TestContext.Current.CancellationToken
        );
        await page.Locator("#file").SetInputFilesAsync(path);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("225");
        Assert.True(await ColoursAsync(page.Locator("#file-view")) > 20, "The crystal is not to be seen.");
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task Page_is_never_wider_than_the_screen(int width, int height)
    {
        IPage page = await browser.OpenAsync(server.Address, width, height);
        await PredictAsync(page, "NaCl");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await page.GotoAsync($"{server.Address}/?view=history");
        await Assertions.Expect(page.Locator("#history")).ToContainTextAsync("NaCl");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    private static async Task PredictAsync(IPage page, string formula)
    {
        await page.Locator("#formula").FillAsync(formula);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#candidates tr[data-rank='1']").WaitForAsync();
        await page.Locator("#view canvas").First.WaitForAsync();
    }

    /// <summary>How many colours the picture of the crystal has.</summary>
    private static async Task<int> ColoursAsync(ILocator view)
    {
        int colours = 0;
        for (int look = 0; look < 50 && colours <= 20; look++)
        {
            byte[] picture = await view.ScreenshotAsync();
            using SKBitmap pixels = SKBitmap.Decode(picture);
            colours = pixels.Pixels.Distinct().Count();
        }

        return colours;
    }
}
