using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;
using Kagome.Prototypes;
using Kagome.Prototypes.Tests;
using Kagome.Testing;

namespace Kagome.Tests;

/// <summary>Prediction with a library of a dozen known crystals, and the ranker that comes along.</summary>
public sealed class CrystalPredictorPrototypesTests : IClassFixture<TinyModels>, IDisposable
{
    private static readonly PredictionOptions Quick = new()
    {
        Samples = 5,
        Sampler = new SamplerOptions { Steps = 4 },
    };

    private readonly TemporaryFolder folder = new();
    private readonly CrystalPredictor predictor;

    public CrystalPredictorPrototypesTests(TinyModels models)
    {
        TypicalCrystals.LibraryOfDozen.Write(folder["typical.prototypes"]);
        predictor = CrystalPredictor.Load(
            models.Options with
            {
                Threads = 1,
                Prototypes = new KnownStructureOptions
                {
                    Libraries = [folder["typical.prototypes"]],
                    Ranker = Path.Combine(Repository.Root, "prototypes", "ranker.safetensors"),
                },
            }
        );
    }

    [Fact]
    public async Task Relaxation_that_would_make_another_crystal_is_not_taken()
    {
        PredictionOptions options = Quick with { Candidates = CandidateSources.Prototypes };
        Dictionary<string, double> before = await Volumes(options);
        RelaxationOptions far = new()
        {
            Iterations = 60,
            KeepsSymmetry = true,
            LargestStepAngstrom = 1,
        };
        Prediction relaxed = await predictor.PredictAsync(
            "NaCl",
            options with
            {
                Relaxation = far,
            },
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Contains(
            relaxed.Candidates,
            candidate => candidate.Concerns.Any(concern => concern.Contains("is not taken", StringComparison.Ordinal))
        );
        Assert.All(
            relaxed.Candidates,
            candidate =>
            {
                double change = (candidate.AsFound.VolumePerAtom / before[Filling(candidate.Proposal!)]) - 1;
                Assert.InRange(change, -0.15, 0.15);
                Assert.Equal(
                    candidate.Concerns.Any(concern => concern.Contains("is not taken", StringComparison.Ordinal)),
                    candidate.RelaxationEnd is null
                );
            }
        );
    }

    private async Task<Dictionary<string, double>> Volumes(PredictionOptions options)
    {
        Prediction prediction = await predictor.PredictAsync(
            "NaCl",
            options,
            cancellation: TestContext.Current.CancellationToken
        );
        return prediction.Candidates.ToDictionary(
            candidate => Filling(candidate.Proposal!),
            candidate => candidate.AsFound.VolumePerAtom
        );
    }

    /// <summary>Of nickel arsenide there are two: the elements may change places.</summary>
    private static string Filling(Proposal proposal) =>
        $"{proposal.Template.Id} {string.Join(", ", proposal.Substitutions)}";

    [Fact]
    public void Plan_where_a_known_crystal_is_sure_generates_nothing()
    {
        PredictionPlan plan = predictor.PlanInTest("NaCl", Quick);
        Assert.Empty(plan.Units);
        Assert.Equal(0, plan.Work);
        Assert.Equal("NaCl", plan.Proposals[0].Template.Id);
        Assert.True(plan.Proposals[0].Probability >= PredictionOptions.SureProbability);
    }

    [Fact]
    public void Plan_where_a_known_crystal_is_sure_generates_if_samples_are_wanted_all_the_same()
    {
        PredictionPlan plan = predictor.PlanInTest("NaCl", Quick with { AdaptsSamples = false });
        Assert.Equal(5, plan.Cells.Sum(cell => cell.Samples));
        Assert.NotEmpty(plan.Proposals);
    }

    [Fact]
    public void Plan_where_nothing_like_it_is_known_generates_more()
    {
        PredictionPlan plan = predictor.PlanInTest("Al2O3", Quick);
        Assert.Empty(plan.Proposals);
        Assert.Equal(15, plan.Cells.Sum(cell => cell.Samples));
        PredictionPlan exact = predictor.PlanInTest("Al2O3", Quick with { AdaptsSamples = false });
        Assert.Equal(5, exact.Cells.Sum(cell => cell.Samples));
    }

    [Fact]
    public async Task Predict_with_a_space_group_has_candidates_of_it_alone_and_says_which_is_likelier()
    {
        PredictionPlan plan = predictor.PlanInTest("NaCl", Quick with { Constraints = new() { SpaceGroups = [221] } });
        Assert.All(plan.Proposals, proposal => Assert.Equal(221, proposal.Template.SpaceGroup));
        Assert.Contains(
            plan.Concerns,
            concern => concern.Contains("Fm-3m (225) is the likeliest", StringComparison.Ordinal)
        );
        Prediction prediction = await predictor.PredictAsync(plan, null, TestContext.Current.CancellationToken);
        Assert.NotEmpty(prediction.Crystals);
        Assert.All(
            prediction.Candidates.Where(candidate => candidate.IsValid),
            candidate => Assert.Equal(221, candidate.SpaceGroup?.Number)
        );
    }

    [Fact]
    public void Plan_with_a_space_group_says_how_a_likelier_one_is_related()
    {
        PredictionPlan plan = predictor.PlanInTest("NaCl", Quick with { Constraints = new() { SpaceGroups = [216] } });
        Assert.Contains(
            plan.Concerns,
            concern =>
                concern.Contains("Fm-3m (225) is the likeliest", StringComparison.Ordinal)
                && concern.EndsWith("not asked for; it is a supergroup of F-43m (216).", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Predict_gives_the_conventional_cell_and_others_if_asked_for()
    {
        foreach (
            (CellChoice cell, string formula) in new[]
            {
                (CellChoice.Conventional, "Na4Cl4"),
                (CellChoice.Primitive, "NaCl"),
                (CellChoice.Niggli, "NaCl"),
            }
        )
        {
            Prediction prediction = await predictor.PredictAsync(
                "NaCl",
                Quick with
                {
                    OutputCell = cell,
                },
                cancellation: TestContext.Current.CancellationToken
            );
            Candidate first = prediction.Candidates[0];
            Assert.Equal(formula, first.Structure.Composition.Formula);
            Assert.Equal(first.Structure.Composition.FormulaUnits, first.FormulaUnits);
            Assert.Equal(225, new SymmetryFinder(1e-6).Find(first.Structure)!.Group.Number);
            Assert.Equal(2, first.AsFound.AtomCount);
        }
    }

    [Fact]
    public void Plan_with_a_cell_or_a_volume_has_proposals_in_it()
    {
        LatticeParameters cell = new(5.7, 5.7, 5.7, 90, 90, 90);
        Proposal inCell = predictor.PlanInTest("NaCl", Quick with { Constraints = new() { Cell = cell } }).Proposals[0];
        Assert.Equal(cell.Volume / 8, inCell.Structure.VolumePerAtom, 1e-6);
        VolumeRange narrow = new(24, 25);
        Assert.All(
            predictor.PlanInTest("NaCl", Quick with { Constraints = new() { VolumePerAtom = narrow } }).Proposals,
            proposal => Assert.True(narrow.Contains(proposal.Structure.VolumePerAtom))
        );
    }

    [Fact]
    public async Task Predict_by_the_generator_with_a_volume_or_a_cell_calls_samples_that_are_otherwise_invalid()
    {
        PredictionOptions generated = Quick with { Candidates = CandidateSources.Generated, FormulaUnits = [1] };
        VolumeRange far = new(1e6, 2e6);
        LatticeParameters needle = new(3, 3, 200, 90, 90, 90);
        foreach (
            CrystalConstraints constraints in new CrystalConstraints[]
            {
                new() { VolumePerAtom = far },
                new() { Cell = needle },
            }
        )
        {
            Prediction prediction = await predictor.PredictAsync(
                "NaCl",
                generated with
                {
                    Constraints = constraints,
                },
                cancellation: TestContext.Current.CancellationToken
            );
            Assert.NotEmpty(prediction.Candidates);
            Assert.All(
                prediction.Candidates,
                candidate => Assert.Contains("asked for", candidate.Problem!, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Plan_with_what_no_known_crystal_has_is_refused_where_they_alone_are_asked()
    {
        PredictionOptions known = Quick with { Candidates = CandidateSources.Prototypes };
        foreach (
            CrystalConstraints constraints in new CrystalConstraints[]
            {
                new() { SpaceGroups = [2] },
                new() { CrystalSystems = [CrystalSystem.Monoclinic] },
                new() { Cell = new LatticeParameters(9, 3, 3, 90, 90, 90) },
                new() { VolumePerAtom = new(200, 300) },
            }
        )
        {
            InputException refused = Assert.Throws<InputException>(() =>
                predictor.PlanInTest("NaCl", known with { Constraints = constraints })
            );
            Assert.Contains($"{constraints}", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Plan_with_a_cell_too_small_for_the_atoms_is_refused()
    {
        CrystalConstraints tiny = new() { Cell = new LatticeParameters(1, 1, 1, 90, 90, 90) };
        InputException refused = Assert.Throws<InputException>(() =>
            predictor.PlanInTest("SrTiO3", Quick with { Constraints = tiny })
        );
        Assert.Contains("1 Å³ for the 5 atoms", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_of_the_generator_alone_asks_no_library()
    {
        PredictionPlan plan = predictor.PlanInTest("NaCl", Quick with { Candidates = CandidateSources.Generated });
        Assert.Empty(plan.Proposals);
        Assert.Equal(5, plan.Cells.Sum(cell => cell.Samples));
    }

    [Theory]
    [InlineData("KBr")]
    [InlineData("NiS")]
    [InlineData("SrTiO3")]
    [InlineData("BaF2")]
    public void Plan_of_several_cells_has_proposals_of_each_whose_probabilities_come_to_at_most_1(string formula)
    {
        PredictionPlan plan = predictor.PlanInTest(formula, Quick with { FormulaUnits = [1, 2, 2] });
        Assert.NotEmpty(plan.Proposals);
        Assert.Subset(new HashSet<int> { 1, 2 }, plan.Proposals.Select(proposal => proposal.FormulaUnits).ToHashSet());
        Assert.InRange(plan.Proposals.Sum(proposal => proposal.Probability!.Value), 0, 1);
    }

    /// <summary>Nothing else in the library has as many atoms.</summary>
    [Fact]
    public void Plan_of_what_alone_is_known_of_its_kind_is_no_guess()
    {
        PredictionPlan plan = predictor.PlanInTest("FeS", Quick with { FormulaUnits = [2] });
        Assert.All(plan.Proposals, proposal => Assert.True(double.IsFinite(proposal.Probability!.Value)));
        PredictionPlan heusler = predictor.PlanInTest("LiAlSi", Quick);
        Assert.Equal(("LiAlSi", 0.99), (heusler.Proposals[0].Template.Id, heusler.Proposals[0].Probability));
    }

    [Fact]
    public async Task PredictAsync_of_known_structure_types_alone_says_where_each_comes_from()
    {
        Prediction prediction = await Predict("SrTiO3", Quick with { Candidates = CandidateSources.Prototypes });
        Assert.Empty(prediction.Plan.Cells);
        Assert.All(prediction.Candidates, candidate => Assert.NotNull(candidate.Proposal));
        Candidate first = prediction.Candidates[0];
        Assert.Equal("SrTiO3", first.Structure.Composition.Formula);
        Assert.Equal(0, first.Generated);
        Assert.True(prediction.Crystals.Sum(crystal => crystal.Probability) <= 1);
    }

    [Fact]
    public async Task PredictAsync_of_both_has_one_list()
    {
        Prediction prediction = await Predict("NaCl", Quick with { AdaptsSamples = false });
        Assert.Contains(prediction.Candidates, candidate => candidate.Proposal is null);
        Assert.Equal("NaCl", prediction.Candidates[0].Proposal?.Template.Id);
        Assert.Equal(
            5 - prediction.Failures.Count,
            prediction.Candidates.Where(candidate => candidate.Proposal is null).Sum(candidate => 1)
        );
        Assert.True(prediction.Crystals.Where(c => c.IsValid).Sum(crystal => crystal.Probability) <= 1 + 1e-9);
    }

    [Fact]
    public void Plan_of_known_structure_types_alone_where_there_are_none_is_refused()
    {
        PredictionOptions known = Quick with { Candidates = CandidateSources.Prototypes };
        string message = Assert.Throws<InputException>(() => predictor.PlanInTest("Al2O3", known)).Message;
        Assert.Contains("No known crystal has a formula like Al2O3", message, StringComparison.Ordinal);
    }

    /// <summary>Rock salt has one formula unit in the primitive cell and four in the conventional one.</summary>
    [Theory]
    [InlineData("NaCl", 1)]
    [InlineData("NaCl", 4)]
    [InlineData("Na4Cl4", null)]
    public void Plan_of_known_structure_types_takes_primitive_and_conventional_cells(string formula, int? formulaUnits)
    {
        PredictionPlan plan = predictor.PlanInTest(formula, RockSalt(formulaUnits));

        Assert.Equal(225, plan.Proposals[0].Template.SpaceGroup);
        Assert.Equal(1, plan.Proposals[0].FormulaUnits);
    }

    /// <summary>Two primitive cells are no cell of a group with four lattice points.</summary>
    [Fact]
    public void Plan_of_known_structure_types_in_a_cell_of_another_size_says_that_there_are_others()
    {
        string message = Assert.Throws<InputException>(() => predictor.PlanInTest("NaCl", RockSalt(2))).Message;
        Assert.Contains(
            "No known crystal of space group Fm-3m (225) has a formula like NaCl and 4 atoms in its primitive or conventional cell, but some",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("ask for NaCl without a cell size", message, StringComparison.Ordinal);
    }

    /// <summary>In an evaluation the cell is known to be the primitive one.</summary>
    [Fact]
    public void PlanWithout_primitive_cell_takes_no_conventional_one() =>
        Assert.Throws<InputException>(() =>
            predictor.PlanWithout("NaCl", RockSalt(4), null, isPrimitive: true, TestContext.Current.CancellationToken)
        );

    /// <summary>Refused at once: to find the ways in which so many atoms take a group's orbits would take hours.</summary>
    [Fact]
    public void Plan_of_a_space_group_in_a_cell_that_no_memory_holds_is_refused()
    {
        PredictionOptions huge = Quick with
        {
            Candidates = CandidateSources.Generated,
            FormulaUnits = [1_000_000],
            Constraints = new CrystalConstraints { SpaceGroups = [225] },
        };
        string message = Assert.Throws<InputException>(() => predictor.PlanInTest("NaCl", huge)).Message;
        Assert.Contains("2000000 atoms needs about", message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        predictor.Dispose();
        folder.Dispose();
    }

    private static PredictionOptions RockSalt(int? formulaUnits) =>
        Quick with
        {
            Candidates = CandidateSources.Prototypes,
            FormulaUnits = formulaUnits is { } z ? [z] : [],
            Constraints = new CrystalConstraints { SpaceGroups = [225] },
        };

    private Task<Prediction> Predict(string formula, PredictionOptions options) =>
        predictor.PredictAsync(formula, options, cancellation: TestContext.Current.CancellationToken);
}
