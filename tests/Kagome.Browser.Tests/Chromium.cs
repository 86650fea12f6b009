using Microsoft.Playwright;

namespace Kagome.Browser.Tests;

/// <summary>Debian's Chromium, without a window. Pages complain to <see cref="Complaints"/>.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private const float PatienceMilliseconds = 60_000;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) =>
        (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Errors of scripts and what the content security policy has refused, as the console shows them.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Chromium> BeginAsync()
    {
        Assert.SkipUnless(File.Exists(Executable), $"There is no {Executable}; on Debian: apt-get install chromium.");
        IPlaywright driver = await Playwright.CreateAsync();
        IBrowser begun = await driver.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable,
                ChromiumSandbox = false,
                Args =
                [
                    "--use-gl=angle",
                    "--use-angle=swiftshader",
                    "--enable-unsafe-swiftshader",
                    "--ignore-gpu-blocklist",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            }
        );
        return new Chromium(driver, begun);
    }

    /// <summary>A page of its own, with its own cookies.</summary>
    public async Task<IPage> OpenAsync(
        string address,
        int width = 1280,
        int height = 800,
        ColorScheme colors = ColorScheme.Light
    )
    {
        IBrowserContext context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = colors,
                AcceptDownloads = true,
            }
        );
        context.SetDefaultTimeout(PatienceMilliseconds);
        IPage page = await context.NewPageAsync();
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (
                message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            )
            {
                Complaints.Add(message.Text);
            }
        };
        page.Dialog += (_, dialog) =>
        {
            Complaints.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
