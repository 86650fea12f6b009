using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Reports.Plots;
using ScottPlot;

namespace Kagome.Reports.Crystals;

/// <summary>Cells of crystals side by side, at one scale: a colour an element, sizes by covalent radius.</summary>
public static class CrystalPicture
{
    /// <summary>The share of the covalent radius that is drawn, so that atoms behind can be seen.</summary>
    private const double RadiusShare = 0.45;

    private const double UnknownRadiusPicometre = 150;
    private const double Gap = 2.5; // Å between cells
    private const double TitleHeight = 1.6; // Å
    private const double LegendHeight = 1.8; // Å
    private const double PixelsPerAngstrom = 60;
    private const int LargestSide = 4000;
    private const float TextSize = 12;

    private static readonly Color[] Palette =
    [
        PaperStyle.Vermilion,
        PaperStyle.Blue,
        PaperStyle.Green,
        PaperStyle.Orange,
        PaperStyle.Grey,
        Color.FromHex("#CC79A7"),
        Color.FromHex("#56B4E9"),
        Color.FromHex("#F0E442"),
    ];

    /// <summary>Draws the picture, with a legend of the elements.</summary>
    /// <param name="crystals">What to write over each, and the crystal; at least one.</param>
    public static Figure Draw(IReadOnlyList<(string Title, Structure Crystal)> crystals)
    {
        Plot plot = PaperStyle.CreateWithoutAxes();
        Element[] elements =
        [
            .. crystals
                .SelectMany(item => item.Crystal.Sites.Select(site => site.Element))
                .Distinct()
                .OrderBy(element => element.Data.AtomicNumber),
        ];
        Color ColorOf(Element element) => Palette[Array.IndexOf(elements, element) % Palette.Length];

        CrystalView[] views = [.. crystals.Select(item => new CrystalView(item.Crystal))];
        double top = views.Max(view => Points(view).Max(point => point.Y)) + LargestRadius(elements);
        double bottom = views.Min(view => Points(view).Min(point => point.Y)) - LargestRadius(elements);
        double right = 0;
        foreach (((string title, _), CrystalView view) in crystals.Zip(views))
        {
            double left = Points(view).Min(point => point.X) - LargestRadius(elements);
            double width = Points(view).Max(point => point.X) + LargestRadius(elements) - left;
            Add(plot, view, right - left, ColorOf);
            PaperStyle.AddText(plot, title, right + (width / 2), top + (TitleHeight / 2), TextSize, PaperStyle.Ink);
            right += width + Gap;
        }

        right -= Gap;
        AddLegend(plot, elements, right / 2, bottom - (LegendHeight / 2), ColorOf);
        return Sized(plot, right, bottom - LegendHeight, top + TitleHeight, crystals);
    }

    private static void Add(Plot plot, CrystalView view, double shift, Func<Element, Color> colorOf)
    {
        foreach (SeenEdge edge in view.Edges)
        {
            ScottPlot.Plottables.LinePlot line = plot.Add.Line(
                shift + edge.From.X,
                edge.From.Y,
                shift + edge.To.X,
                edge.To.Y
            );
            line.LineColor = PaperStyle.Grey;
            line.LineWidth = 1;
            line.MarkerSize = 0;
        }

        foreach (DrawnAtom atom in view.Atoms)
        {
            AddAtom(plot, shift + atom.Centre.X, atom.Centre.Y, Radius(atom.Element), colorOf(atom.Element));
        }
    }

    private static void AddAtom(Plot plot, double x, double y, double radius, Color color)
    {
        ScottPlot.Plottables.Ellipse circle = plot.Add.Circle(x, y, radius);
        circle.FillColor = color;
        circle.LineColor = Colors.White;
        circle.LineWidth = 1;
    }

    /// <summary>A circle and a symbol an element, in the middle below.</summary>
    private static void AddLegend(
        Plot plot,
        Element[] elements,
        double centre,
        double height,
        Func<Element, Color> colorOf
    )
    {
        double x = centre - (elements.Sum(LegendWidth) / 2);
        foreach (Element element in elements)
        {
            AddAtom(plot, x + Radius(element), height, Radius(element), colorOf(element));
            double labelStart = x + (2 * Radius(element)) + 0.2;
            PaperStyle.AddText(
                plot,
                element.Symbol,
                labelStart,
                height,
                TextSize,
                PaperStyle.Ink,
                Alignment.MiddleLeft
            );
            x += LegendWidth(element);
        }
    }

    /// <summary>The width of a legend entry: a circle, its symbol and the space behind it, in Å.</summary>
    private static double LegendWidth(Element element) => (2 * Radius(element)) + 1.4;

    private static Figure Sized(
        Plot plot,
        double width,
        double bottom,
        double top,
        IReadOnlyList<(string Title, Structure Crystal)> crystals
    )
    {
        plot.Axes.SetLimits(-Gap / 2, width + (Gap / 2), bottom, top);
        plot.Axes.SquareUnits();
        double scale = Math.Min(PixelsPerAngstrom, LargestSide / Math.Max(width + Gap, top - bottom));
        return new Figure(
            "crystals",
            plot,
            $"{string.Join(", ", crystals.Select(item => item.Title))}: their cells at one scale; atoms on a wall of the cell are shown on the opposite one too."
        )
        {
            PixelWidth = (int)Math.Ceiling(scale * (width + Gap)),
            PixelHeight = (int)Math.Ceiling(scale * (top - bottom)),
        };
    }

    private static IEnumerable<SeenPoint> Points(CrystalView view) =>
        view.Edges.SelectMany(edge => new[] { edge.From, edge.To }).Concat(view.Atoms.Select(atom => atom.Centre));

    private static double LargestRadius(IEnumerable<Element> elements) => elements.Max(Radius);

    /// <summary>In Å.</summary>
    private static double Radius(Element element) =>
        RadiusShare * (element.Data.CovalentRadiusPicometre ?? UnknownRadiusPicometre) / 100;
}
