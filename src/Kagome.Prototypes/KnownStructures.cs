using Kagome.Crystals.Compositions;

namespace Kagome.Prototypes;

/// <summary>Known structure types as a source of candidates: libraries and what ranks them.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class KnownStructures : IDisposable
{
    /// <summary>Most atoms of the cells of the library that came along.</summary>
    public const int LargestAtomCount = 52;

    /// <summary>Cells that less than this share of what is known speaks for are not plausible.</summary>
    private const double SmallestShare = 0.02;

    /// <summary>A known crystal of the formula itself that lies so near to the hull, in eV/atom, is the answer.</summary>
    private const double OnHull = 1e-3;

    private const double ProbabilityOnHull = 0.99;

    /// <summary>
    /// By what the votes for other known crystals of the formula count: what is known to be another polymorph is seldom the answer. Those of
    /// unknown energy are taken for such in the library that came along (Si, CuO); crystals of one's own count in full.
    /// </summary>
    private const double OffHull = 0.2;

    /// <summary>So many proposals are looked at for one that is known, however few are wanted.</summary>
    private const int Several = 20;

    private readonly IReadOnlyList<PrototypeLibrary> libraries;
    private readonly ProposalSearch search;
    private readonly HashSet<string> sourcesThatCameAlong;

    private KnownStructures(
        IReadOnlyList<PrototypeLibrary> libraries,
        StructureTypeRanker? ranker,
        IEnumerable<string> sourcesThatCameAlong
    )
    {
        (this.libraries, Ranker) = (libraries, ranker);
        this.sourcesThatCameAlong = [.. sourcesThatCameAlong];
        search = new ProposalSearch(libraries, ranker);
    }

    /// <summary>What each library holds.</summary>
    public IEnumerable<PrototypeLibraryDescription> Libraries => libraries.Select(library => library.Description);

    /// <summary>What <c>sha256sum</c> prints of each library's file, which is read for it.</summary>
    public IReadOnlyList<string> ComputeChecksums() => [.. libraries.Select(library => library.ComputeChecksum())];

    /// <summary>What ranks; null where the likeness of elements does.</summary>
    public StructureTypeRanker? Ranker { get; }

    /// <summary>Whether a library came along with the program.</summary>
    public static bool IsAvailable => File.Exists(PrototypeLibrary.DefaultPath);

    /// <summary>Opens libraries and a ranker: those that came along, where none are named.</summary>
    /// <exception cref="InputException">There is no such file.</exception>
    /// <exception cref="PrototypeLibraryException">A library is damaged, or of another version.</exception>
    /// <exception cref="Models.CheckpointException">The ranker is damaged.</exception>
    public static KnownStructures Load(KnownStructureOptions? options = null)
    {
        options ??= new KnownStructureOptions();
        options.Validate();
        List<PrototypeLibrary> opened = [];
        try
        {
            opened.AddRange(
                options
                    .Libraries.Select(name =>
                        Existing(name, PrototypeLibrary.DefaultPath, nameof(KnownStructureOptions.Libraries))
                    )
                    .Select(PrototypeLibrary.Open)
            );
            StructureTypeRanker? ranker =
                options.Ranker == KnownStructureOptions.None
                    ? null
                    : StructureTypeRanker.Load(
                        Existing(options.Ranker, StructureTypeRanker.DefaultPath, nameof(KnownStructureOptions.Ranker))
                    );
            return new KnownStructures(
                opened,
                ranker,
                opened
                    .Where((_, at) => options.Libraries[at] == KnownStructureOptions.Default)
                    .SelectMany(library => library.Description.Sources)
            );
        }
        catch
        {
            opened.ForEach(library => library.Dispose());
            throw;
        }
    }

    /// <summary>Proposals for a formula, the most likely first; all distinct.</summary>
    /// <param name="composition">Reduced, for all plausible cells; else a whole cell.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="largestAtomCount">Of a cell, where the composition is no whole cell.</param>
    /// <param name="atomCount">Of the whole cell; null where the composition says it, or it is to be found.</param>
    /// <param name="isLeftOut">Known crystals that are not to be used; null for none.</param>
    /// <param name="isPrimitive">Whether a whole cell is meant as a primitive one; else it may also be the conventional cell of a centred space group.</param>
    /// <remarks>
    /// Where several cells are plausible, a proposal's probability is that of its cell times its own. A known crystal of the formula itself that lies
    /// on the convex hull (within 0.001 eV/atom; of several, the smallest cell) comes first, with 0.99: there is nothing to guess.
    /// </remarks>
    /// <exception cref="InputException">The cell cannot have so many atoms.</exception>
    public IReadOnlyList<Proposal> Find(
        Composition composition,
        int most,
        int largestAtomCount = LargestAtomCount,
        int? atomCount = null,
        Func<KnownCrystal, bool>? isLeftOut = null,
        bool isPrimitive = false
    )
    {
        ArgumentNullException.ThrowIfNull(composition);
        Composition unit = composition.Reduced;
        if (atomCount is { } atoms)
        {
            return atoms > 0 && atoms % unit.AtomCount == 0
                ? Find([unit.Times(atoms / unit.AtomCount)], most, isLeftOut, isPrimitive)
                : throw new InputException(
                    $"{composition} with {atoms} atoms: expected a multiple of {unit.AtomCount}, the atoms of a formula unit.",
                    atoms
                );
        }

        return composition.FormulaUnits > 1
            ? Find([composition], most, isLeftOut, isPrimitive)
            : Find(search.Cells(unit, largestAtomCount), most, isLeftOut, isPrimitive: true);
    }

    /// <summary>Proposals for cells of a formula that are chosen, the most likely first; all distinct.</summary>
    /// <inheritdoc cref="Find(Composition, int, int, int?, Func{KnownCrystal, bool}, bool)" path="/remarks"/>
    /// <param name="cells">Whole cells of one formula; one that occurs twice counts once.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="isLeftOut">Known crystals that are not to be used; null for none.</param>
    /// <param name="isPrimitive">Whether cells are meant as primitive ones; else each may also be the conventional cell of a centred space group: Na4Cl4 is that of rock salt.</param>
    public IReadOnlyList<Proposal> Find(
        IEnumerable<Composition> cells,
        int most,
        Func<KnownCrystal, bool>? isLeftOut = null,
        bool isPrimitive = false
    )
    {
        ArgumentNullException.ThrowIfNull(cells);
        Composition[] wanted = [.. cells.Distinct()];
        IReadOnlyList<SoughtCell> all = isPrimitive
            ? [.. wanted.Select(cell => new SoughtCell(cell))]
            : SoughtCell.Of(wanted);
        return KnownFirst(FindEach(all, Math.Max(most, Several), isLeftOut), most);
    }

    /// <summary>Proposals for a whole cell, the most likely first; all distinct.</summary>
    /// <param name="cell">All its atoms.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="isLeftOut">Known crystals that are not to be used; null for none.</param>
    public IReadOnlyList<Proposal> FindCell(Composition cell, int most, Func<KnownCrystal, bool>? isLeftOut = null) =>
        search.Find(cell, most, isLeftOut);

    /// <summary>Closes the files of the libraries.</summary>
    public void Dispose()
    {
        foreach (PrototypeLibrary library in libraries)
        {
            library.Dispose();
        }
    }

    private IReadOnlyList<Proposal> FindEach(
        IReadOnlyList<SoughtCell> all,
        int most,
        Func<KnownCrystal, bool>? isLeftOut
    )
    {
        (SoughtCell Sought, CellEvidence Evidence)[] cells =
        [
            .. all.Select(cell => (cell, search.Evidence(cell.Composition, cell.LeavingOut(isLeftOut))))
                .Where(cell => !cell.Item2.IsEmpty),
        ];
        double[] shares = Shares(
            [.. cells.Select(cell => cell.Evidence)],
            at => OfOtherFormulas(cells[at].Sought, cells[at].Evidence, isLeftOut)
        );
        return
        [
            .. cells
                .Zip(shares, (cell, share) => (cell.Evidence, Share: share))
                .SelectMany(cell =>
                    ProposalSearch
                        .Proposals(cell.Evidence, most)
                        .Where(proposal => cell.Share >= SmallestShare || IsKnown(proposal))
                        .Select(proposal => proposal with { Probability = proposal.Probability * cell.Share })
                )
                .OrderByDescending(proposal => proposal.Probability)
                .ThenBy(proposal => proposal.Distance)
                .Take(most),
        ];
    }

    /// <summary>How likely each cell is, of these: as the ranker has learned, or by the known crystals like it.</summary>
    /// <param name="cells">None of them empty.</param>
    /// <param name="ofOthers">What crystals of other formulas say of a cell: the ranker has not seen those of the formula itself while it learned.</param>
    private double[] Shares(CellEvidence[] cells, Func<int, CellEvidence> ofOthers)
    {
        if (cells.Length < 2)
        {
            return [.. cells.Select(_ => 1.0)];
        }

        double[] shares;
        if (Ranker is { ChoosesCells: true })
        {
            shares = new double[cells.Length];
            (int At, CellEvidence Evidence)[] known =
            [
                .. cells.Select((_, at) => (at, ofOthers(at))).Where(cell => !cell.Item2.IsEmpty),
            ];
            double[] learned = Ranker.ShareCells(CellFeatures.Of([.. known.Select(cell => cell.Evidence)]));
            for (int place = 0; place < known.Length; place++)
            {
                shares[known[place].At] = learned[place];
            }
        }
        else
        {
            double[] weights = CellFeatures.CrystalWeights(cells);
            double all = weights.Sum();
            shares = [.. weights.Select(weight => all > 0 ? weight / all : 0)];
        }

        return shares.Any(share => share > 0) ? shares : [.. shares.Select(_ => 1.0 / cells.Length)];
    }

    private CellEvidence OfOtherFormulas(SoughtCell sought, CellEvidence evidence, Func<KnownCrystal, bool>? isLeftOut)
    {
        Func<KnownCrystal, bool>? leftOut = sought.LeavingOut(isLeftOut);
        return evidence.KnowsFormula
            ? search.Evidence(
                sought.Composition,
                known => leftOut?.Invoke(known) == true || known.IsOf(sought.Composition)
            )
            : evidence;
    }

    private IReadOnlyList<Proposal> KnownFirst(IReadOnlyList<Proposal> proposals, int most)
    {
        Proposal? onHull = proposals
            .Where(proposal => IsKnown(proposal) && proposal.Template.EnergyAboveHull <= OnHull)
            .OrderBy(proposal => proposal.Structure.AtomCount)
            .ThenBy(proposal => proposal.Template.EnergyAboveHull)
            .FirstOrDefault();
        double others = onHull is null ? 1 : 1 - ProbabilityOnHull;
        return
        [
            .. proposals
                .Select(proposal =>
                    proposal == onHull ? proposal with { Probability = ProbabilityOnHull }
                    : LiesElsewhere(proposal) ? proposal with { Probability = others * OffHull * proposal.Probability }
                    : proposal with { Probability = others * proposal.Probability }
                )
                .OrderByDescending(proposal => proposal.Probability)
                .Take(most),
        ];
    }

    /// <summary>Whether it is a crystal of the formula that is known, or has to be taken, not to lie on the hull.</summary>
    private bool LiesElsewhere(Proposal proposal) =>
        IsKnown(proposal)
        && (proposal.Template.EnergyAboveHull is not null || sourcesThatCameAlong.Contains(proposal.Template.Source));

    private static bool IsKnown(Proposal proposal) => proposal.Substitutions.Count == 0;

    private static string Existing(string name, string standard, string option)
    {
        string path = name == KnownStructureOptions.Default ? standard : name;
        return File.Exists(path)
            ? path
            : throw new InputException(
                name == KnownStructureOptions.Default
                    ? $"{option}: none came with this program (looked for {path}). Give a file."
                    : $"{option} is {name}: there is no such file.",
                name,
                option
            );
    }
}

/// <summary>Which libraries are looked into, and what ranks.</summary>
public sealed record KnownStructureOptions
{
    /// <summary>In place of a path: what came along.</summary>
    public const string Default = "default";

    /// <summary>In place of a ranker's path: none, the likeness of elements ranks.</summary>
    public const string None = "none";

    /// <summary>Paths of libraries, at least one. Default: the one that came along.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [Default];

    /// <summary>The ranker's path. Default: the one that came along.</summary>
    public string Ranker { get; init; } = Default;

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">There is no library, or a path is empty.</exception>
    public void Validate()
    {
        OptionException.RequireGiven(nameof(Libraries), Libraries);
        OptionException.RequirePositive(nameof(Libraries), Libraries.Count);
        OptionException.RequireGiven(nameof(Ranker), Ranker);
    }
}
