using System.CommandLine;
using Kagome.Core.Elements;
using Kagome.DataSets.Filters;

namespace Kagome.Cli.Data;

/// <summary>The conditions of a filter as options.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> atoms = new("--atoms") { Description = "In the cell, such as 3..30, ..30 or 8." };

    private readonly Option<double?> maxEnergy = new("--max-energy")
    {
        Description = "Largest energy above hull in eV/atom (label e_hull).",
    };

    private readonly Option<string[]> labels = new("--label")
    {
        Description = "A label and what it has to be, such as gap=0.5..2; may be given several times.",
    };

    private readonly Option<bool> keepUnlabelled = new("--keep-unlabelled")
    {
        Description = "Keep crystals that lack a label that is asked for.",
    };

    private readonly Option<string?> onlyElements = new("--only-elements")
    {
        Description = "No other elements than these, such as Na,Cl,O.",
    };

    private readonly Option<string?> withoutElements = new("--without-elements")
    {
        Description = "None of these elements.",
    };

    private readonly Option<string?> split = new("--split") { Description = "The split that the source states." };

    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                atoms,
                maxEnergy,
                labels,
                keepUnlabelled,
                onlyElements,
                withoutElements,
                split,
            }
        )
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="BadInputException">A condition is none.</exception>
    public CrystalFilter Read(ParseResult parsed)
    {
        IEnumerable<LabelRange> wanted = (parsed.GetValue(labels) ?? []).Select(Label);
        if (parsed.GetValue(maxEnergy) is { } energy)
        {
            wanted = wanted.Prepend(
                new LabelRange(CrystalFilter.EnergyAboveHull, new NumberRange(double.NegativeInfinity, energy))
            );
        }

        return new CrystalFilter
        {
            Atoms = parsed.GetValue(atoms) is { } range ? Range("--atoms", range) : null,
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
            : throw new BadInputException($"--label has '{text}'; expected a label and a range, such as gap=0.5..2.");
    }

    private static NumberRange Range(string option, string text) =>
        NumberRange.TryParse(text, out NumberRange range)
            ? range
            : throw new BadInputException($"{option} has '{text}'; expected a range such as 3..30, ..30 or 3.. .");

    private static HashSet<Element> Elements(string option, string? text) =>
        [.. (text?.Split(',', StringSplitOptions.TrimEntries) ?? []).Select(symbol => Element(option, symbol))];

    private static Element Element(string option, string symbol) =>
        Core.Elements.Element.TryFromSymbol(symbol, out Element element)
            ? element
            : throw new BadInputException($"{option} has '{symbol}'; expected symbols of elements, such as Na,Cl.");
}
