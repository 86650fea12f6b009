using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Validity;

namespace Kagome.Evaluation.Scoring;

/// <summary>A known crystal that predictions of its composition are compared with.</summary>
/// <remarks>What many comparisons need is worked out once, when it is first needed. Safe to use from several threads.</remarks>
public sealed class ReferenceCrystal
{
    private readonly Lazy<PreparedStructure?> prepared;
    private readonly Lazy<bool> isValid;
    private readonly Lazy<int?> spaceGroup;

    /// <param name="id">Its name, unique among those that are scored together.</param>
    /// <param name="structure">The cell whose composition is predicted.</param>
    /// <param name="matcher">Prepares it for comparison.</param>
    /// <param name="spaceGroups">Null where space groups are not to be had.</param>
    internal ReferenceCrystal(
        string id,
        Structure structure,
        StructureMatcher matcher,
        SpaceGroupFinder? spaceGroups = null
    )
    {
        (Id, Structure) = (id, structure);
        prepared = new(() => matcher.TryPrepare(structure, CancellationToken.None));
        isValid = new(() =>
            StructureValidity.QuickProblem(structure) is null && CompositionValidity.IsValid(structure.Composition)
        );
        spaceGroup = new(() => spaceGroups?.Invoke(structure));
    }

    /// <summary>Its name, unique among those that are scored together.</summary>
    public string Id { get; }

    /// <summary>The known crystal, in the cell whose composition is predicted.</summary>
    public Structure Structure { get; }

    /// <summary>In eV/atom; null where it is not known.</summary>
    public double? EnergyAboveHull { get; init; }

    /// <summary>Null where its cell cannot be reduced.</summary>
    public PreparedStructure? Prepared => prepared.Value;

    /// <summary>Whether both the structure and the composition pass the tests that predictions have to pass.</summary>
    public bool IsValid => isValid.Value;

    /// <summary>The number of its space group, 1 to 230; null where none is found or none is looked for.</summary>
    public int? SpaceGroup => spaceGroup.Value;
}
