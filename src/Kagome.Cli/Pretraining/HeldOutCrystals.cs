using Kagome.Core.Compositions;
using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;
using Kagome.Formats;

namespace Kagome.Cli.Pretraining;

/// <summary>Crystals of benchmark sets, in memory by their reduced composition: what matches one is not learned from.</summary>
internal sealed class HeldOutCrystals
{
    private static readonly StructureMatcher Matcher = new(MatcherSettings.Default);

    private readonly Dictionary<Composition, List<Structure>> byComposition = [];

    public static HeldOutCrystals Read(IEnumerable<string> paths)
    {
        HeldOutCrystals all = new();
        foreach (CrystalRecord record in paths.SelectMany(DataSet.Read).Records(_ => { }))
        {
            Composition composition = record.Structure.Composition.Reduced;
            if (!all.byComposition.TryGetValue(composition, out List<Structure>? structures))
            {
                all.byComposition[composition] = structures = [];
            }

            structures.Add(record.Structure);
        }

        return all;
    }

    /// <summary>Whether the crystal is one of them to the structure matcher, in its default tolerances.</summary>
    public bool Contain(CrystalRecord record, CancellationToken cancellation) =>
        byComposition.TryGetValue(record.Structure.Composition.Reduced, out List<Structure>? structures)
        && structures.Exists(structure => Matcher.Compare(record.Structure, structure, cancellation).IsMatch);
}
