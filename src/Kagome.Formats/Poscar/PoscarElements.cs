using Kagome.Crystals.Elements;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>Finds the elements of a POSCAR: on their line, or in files of VASP 4 behind the positions or in the title.</summary>
internal static class PoscarElements
{
    private static readonly string[] Flags = ["T", "F", ".TRUE.", ".FALSE.", "t", "f"];

    /// <summary>Reads a symbol as VASP names potentials: Fe, Fe_pv, Fe_pv/1234abcd.</summary>
    /// <exception cref="StructureFormatException">It is none.</exception>
    public static Element Read(string text, SourceText source)
    {
        return AtomSymbol.TryParse(text.TrimEnd('/'), out Element element)
            ? element
            : throw source.ProblemHere(
                $"'{PoscarLines.Shortened(text)}' is no element; expected element symbols, such as Na or Fe_pv, on a line of their own before the counts. Disordered sites need an ordered model first."
            );
    }

    /// <summary>The elements of a file that has no line of symbols.</summary>
    /// <param name="header">Its title and counts.</param>
    /// <param name="positions">The lines of its positions, with what stands behind them.</param>
    /// <param name="path">Named in the problem.</param>
    /// <param name="remark">Where they were found, if in the title.</param>
    /// <exception cref="StructureFormatException">Nothing names them.</exception>
    public static Element[] Find(PoscarHeader header, IReadOnlyList<string> positions, string path, out string? remark)
    {
        remark = null;
        Element[]? behind = BehindPositions(positions);
        if (behind is not null)
        {
            CheckGroups(behind, header, path);
            return behind;
        }

        IReadOnlyList<Element> groups =
            PoscarTitle.Elements(header.Title, header.Counts)
            ?? throw Problem(
                header,
                path,
                $"the line is '{string.Join(' ', header.Counts)}', as in files of VASP 4; expected element symbols, such as Na Cl, on a line of their own before the counts. The title '{PoscarLines.Shortened(header.Title.Trim())}' and the ends of the positions name no elements either."
            );
        remark =
            $"No line names the elements; {string.Join(", ", groups)} are taken from the title '{PoscarLines.Shortened(header.Title.Trim())}'.";
        return [.. groups.Zip(header.Counts).SelectMany(group => Enumerable.Repeat(group.First, group.Second))];
    }

    private static Element[]? BehindPositions(IReadOnlyList<string> lines)
    {
        List<Element> elements = [];
        foreach (string line in lines)
        {
            if (!TryReadBehind(line, out Element element))
            {
                return null;
            }

            elements.Add(element);
        }

        return [.. elements];
    }

    private static void CheckGroups(Element[] elements, PoscarHeader header, string path)
    {
        int first = 0;
        foreach (int count in header.Counts)
        {
            Element[] group = [.. elements.Skip(first).Take(count).Distinct()];
            first += count;
            if (group.Length > 1)
            {
                throw Problem(
                    header,
                    path,
                    $"the line is '{string.Join(' ', header.Counts)}' and the symbols behind the positions are {group[0]} and {group[1]} within one group of {count}; expected one element a group."
                );
            }
        }
    }

    private static StructureFormatException Problem(PoscarHeader header, string path, string problem) =>
        new(path, header.CountsLine, problem);

    /// <summary>The word behind three numbers and three flags, where there are flags, or in the remark there: Na of <c>0 0 0 T T F ! Na1</c>.</summary>
    private static bool TryReadBehind(string line, out Element element)
    {
        string[] words = NumberText.Words(
            line.Replace("!", " ! ", StringComparison.Ordinal).Replace("#", " # ", StringComparison.Ordinal)
        );
        // F F F are flags and no fluorine
        int next = words.Length >= 6 && words[3..6].All(Flags.Contains) ? 6 : 3;
        string[] rest = [.. words.Skip(next).SkipWhile(word => word is "!" or "#")];
        element = default;
        return rest.Length > 0 && Element.TryFromSymbol(rest[0].TrimEnd([.. "0123456789"]), out element);
    }
}
