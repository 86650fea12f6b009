using System.Globalization;
using Kagome.Crystals.Compositions;

namespace Kagome.Campaigns;

/// <summary>A formula of a campaign.</summary>
/// <param name="Index">Its place among all of them, from 0.</param>
/// <param name="Formula">One formula unit, electropositive elements first.</param>
/// <param name="Atoms">Of the whole cell; null for the plausible cells.</param>
public sealed record CampaignFormula(int Index, string Formula, int? Atoms)
{
    /// <summary>As formulas.txt has it: NaCl, or NaCl 8.</summary>
    public override string ToString() => Atoms is { } atoms ? $"{Formula} {atoms}" : Formula;

    /// <summary>What its crystals are called: NaCl, or Na4Cl4 where a whole cell is meant.</summary>
    public string Name =>
        Atoms is { } atoms && FormulaParser.Parse(Formula) is var unit
            ? unit.Times(atoms / unit.AtomCount).Formula
            : Formula;

    /// <summary>Reads what <see cref="ToString"/> writes; null where the text is something else.</summary>
    internal static CampaignFormula? Read(int index, string text)
    {
        string[] parts = text.Split(' ');
        return parts.Length == 2
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int atoms)
                ? new CampaignFormula(index, parts[0], atoms)
            : parts.Length == 1 && text.Length > 0 ? new CampaignFormula(index, text, null)
            : null;
    }
}
