using Kagome.Testing;
using Microsoft.Playwright;

namespace Kagome.Browser.Tests;

/// <summary>Pictures of the page for people to look at; eng/screenshot.sh takes them.</summary>
public sealed class Screenshots
{
    private const string FolderVariable = "KAGOME_SCREENSHOTS";
    private const int SettlingMilliseconds = 1_500; // the crystal is drawn after it is loaded

    [Fact(Explicit = true)]
    public async Task Page_after_a_prediction()
    {
        string target =
            Environment.GetEnvironmentVariable(FolderVariable)
            ?? throw new InvalidOperationException($"{FolderVariable} names no folder; eng/screenshot.sh does.");
        using TemporaryFolder folder = new();
        await using Chromium browser = await Chromium.BeginAsync();
        using ServedPage server = await ServedPage.BeginAsync(folder["data"]);
        IPage page = await browser.OpenAsync(server.Address);
        await page.Locator("#formula").FillAsync("SrTiO3");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#progress[data-state='done']").WaitForAsync();
        await page.Locator("#view canvas").First.WaitForAsync();
        await page.Locator(".segments")
            .GetByText("Polyhedra", new LocatorGetByTextOptions { Exact = true })
            .First.ClickAsync();
        await TakeAsync(page, Path.Combine(target, "web.png"));
        if (target.EndsWith("docs/pictures", StringComparison.Ordinal))
        {
            return;
        }

        string address = page.Url;
        foreach ((int width, int height) in new[] { (1280, 800), (390, 844) })
        {
            foreach (ColorScheme colors in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                IPage other = await browser.OpenAsync(address, width, height, colors);
                await other.Locator("#view canvas").First.WaitForAsync();
                await TakeAsync(other, Path.Combine(target, $"web-{width}-{colors}.png".ToLowerInvariant()));
            }
        }
    }

    private static async Task TakeAsync(IPage page, string path)
    {
        await page.WaitForTimeoutAsync(SettlingMilliseconds);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
    }
}
