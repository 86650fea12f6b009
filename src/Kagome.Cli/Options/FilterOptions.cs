using System.CommandLine;
using Kagome.Crystals.Elements;
using Kagome.DataSets;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>The conditions of a filter as options.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> atoms = Text("--atoms", "In the cell, such as 3..30, ..30 or 8.");
    private readonly Option<double?> maxEnergy = Value<double?>(
        "--max-energy",
        "Largest energy above hull in eV/atom (label e_hull)."
    );
    private readonly Option<string[]> labels = new("--label")
    {
        Description = "A label and what it has to be, such as gap=0.5..2; may be given several times.",
    };
    private readonly Option<bool> keepUnlabelled = Flag(
        "--keep-unlabelled",
        "Keep crystals that lack a label that is asked for."
    );
    private readonly Option<string?> onlyElements = Text(
        "--only-elements",
        "No other elements than these, such as Na,Cl,O."
    );
    private readonly Option<string?> withoutElements = Text("--without-elements", "None of these elements.");
    private readonly Option<string?> split = Text("--split", "The split that the source states.");

    public IEnumerable<Option> All => [atoms, maxEnergy, labels, keepUnlabelled, onlyElements, withoutElements, split];

    /// <exception cref="InputException">A condition cannot be read.</exception>
    public DataSetFilter Read(ParseResult parsed)
    {
        IEnumerable<LabelRange> wanted = (parsed.GetValue(labels) ?? []).Select(Label);
        if (parsed.GetValue(maxEnergy) is { } energy)
        {
            wanted = wanted.Prepend(
                new LabelRange(
                    Crystals.Structures.Labels.EnergyAboveHull,
                    new NumberRange(double.NegativeInfinity, energy)
                )
            );
        }

        return new DataSetFilter
        {
            AtomCount = parsed.GetValue(atoms) is { } range ? Range("--atoms", range) : null,
            Labels = [.. wanted],
            KeepsUnlabelled = parsed.GetValue(keepUnlabelled),
            OnlyElements = Elements("--only-elements", parsed.GetValue(onlyElements)),
            WithoutElements = Elements("--without-elements", parsed.GetValue(withoutElements)),
            Split = parsed.GetValue(split),
        };
    }

    private static LabelRange Label(string text)
    {
        int at = text.LastIndexOf('=');
        return at > 0
            ? new LabelRange(text[..at], Range("--label", text[(at + 1)..]))
            : throw new InputException($"--label has '{text}'; expected a label and a range, such as gap=0.5..2.");
    }

    private static NumberRange Range(string option, string text) =>
        NumberRange.TryParse(text, out NumberRange range)
            ? range
            : throw new InputException($"{option} has '{text}'; expected a range such as 3..30, ..30 or 3.. .");

    private static HashSet<Element> Elements(string option, string? text) =>
        [.. (text?.Split(',', StringSplitOptions.TrimEntries) ?? []).Select(symbol => Element(option, symbol))];

    private static Element Element(string option, string symbol) =>
        Crystals.Elements.Element.TryFromSymbol(symbol, out Element element)
            ? element
            : throw new InputException($"{option} has '{symbol}'; expected symbols of elements, such as Na,Cl.");
}
