using Kagome.Formats;
using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>A plot with its name and what it shows.</summary>
/// <param name="Name">The name of its files, without ending.</param>
/// <param name="Plot">The drawing.</param>
/// <param name="Caption">Sentences under it.</param>
public sealed record Figure(string Name, Plot Plot, string Caption)
{
    private const double PixelsPerPoint = 2.5;

    /// <summary>The width of the PNG in pixels: 300 to an inch are 4 inches, a wide column of print.</summary>
    public int PixelWidth { get; init; } = 1200;

    /// <summary>The height of the PNG in pixels; at 300 to an inch, 3 inches.</summary>
    public int PixelHeight { get; init; } = 900;

    /// <summary>The name of the PNG file.</summary>
    public string PngName => $"{Name}.png";

    /// <summary>The name of the SVG file.</summary>
    public string SvgName => $"{Name}.svg";

    /// <summary>Writes it into a folder as PNG and as SVG.</summary>
    /// <exception cref="IOException">The folder is absent, or the disk is full.</exception>
    public void WriteTo(string folder)
    {
        AtomicFile.Write(Path.Combine(folder, PngName), Png());
        AtomicFile.Write(Path.Combine(folder, SvgName), Svg());
    }

    /// <summary>As PNG.</summary>
    public byte[] Png()
    {
        Plot.ScaleFactor = PixelsPerPoint;
        return Plot.GetImage(PixelWidth, PixelHeight).GetImageBytes(ImageFormat.Png);
    }

    /// <summary>As SVG, with its text as text.</summary>
    public string Svg()
    {
        Plot.ScaleFactor = 1;
        return Plot.GetSvgXml((int)(PixelWidth / PixelsPerPoint), (int)(PixelHeight / PixelsPerPoint));
    }
}
