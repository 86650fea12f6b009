namespace Kagome.Campaigns.Tests;

public sealed class CampaignPlannerTests : IDisposable
{
    private readonly CampaignBench bench = new();

    [Fact]
    public void Create_keeps_formulas_once_in_their_order_however_they_are_written()
    {
        Campaign campaign = bench.Plan(
            "c",
            ["TiO2", "CaTiO3", "TiCaO3", "Na4Cl4", "NaCl 8", "ClNa", "NaCl", "O2Ti"],
            shardSize: 3
        );
        Assert.Equal(["TiO2", "CaTiO3", "NaCl 8", "NaCl"], campaign.Formulas.Select(formula => $"{formula}"));
        Assert.Equal(["TiO2", "CaTiO3", "Na4Cl4", "NaCl"], campaign.Formulas.Select(formula => formula.Name));
        Assert.Equal((4, 2), (campaign.Repetitions, campaign.ShardCount));
        Assert.Equal(["NaCl"], campaign.FormulasOf(1).Select(formula => $"{formula}"));
    }

    [Fact]
    public void Create_is_the_same_when_it_is_opened()
    {
        Campaign planned = bench.Plan("c", 9);
        Campaign opened = Campaign.Open(bench["c"]);
        Assert.Equal(planned.Formulas, opened.Formulas);
        Assert.Equal(planned.Fingerprint, opened.Fingerprint);
        Assert.Equal(4, opened.Settings.Prediction.Sampler.Steps);
        opened.Require(bench.Predictor, bench.Models);
        Assert.Equal(planned.Fingerprint, bench.Plan("d", 9).Fingerprint);
        Assert.NotEqual(planned.Fingerprint, bench.Plan("e", 9, shardSize: 3).Fingerprint);
    }

    [Theory]
    [InlineData("Xx2O", "unknown element 'Xx'")]
    [InlineData("C60H61", "more than LargestAtomCount")]
    [InlineData("NaCl 3", "expected a multiple of 2")]
    public void Create_says_which_line_cannot_be_predicted_and_plans_nothing(string bad, string why)
    {
        List<BadFormula> heard = [];
        InputException refused = Assert.Throws<InputException>(() => Create("c", ["NaCl", bad, "MgO"], heard, false));
        Assert.Contains("1 line cannot be predicted", refused.Message, StringComparison.Ordinal);
        BadFormula line = Assert.Single(heard);
        Assert.Equal(2, line.Line);
        Assert.Contains(why, line.Problem, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench["c"]));
    }

    [Fact]
    public void Create_without_bad_lines_keeps_their_numbers_and_reasons()
    {
        Campaign campaign = Create("c", ["NaCl", "Xx", "MgO", "Qq"], [], true);
        Assert.Equal(2, campaign.Formulas.Count);
        Assert.Equal(2, campaign.LinesLeftOut);
        string[] lines = File.ReadAllLines(bench["c/left-out.txt"]);
        Assert.StartsWith("2\t", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("4\t", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Create_says_what_no_cell_of_a_space_group_can_hold()
    {
        List<BadFormula> heard = [];
        PredictionOptions cubic = CampaignBench.Prediction with
        {
            LargestAtomCount = 4,
            Constraints = new CrystalConstraints { SpaceGroups = [230] },
        };
        Assert.Throws<InputException>(() => Create("c", ["NaCl"], heard, false, cubic));
        Assert.Single(heard);
    }

    [Fact]
    public void Create_where_a_campaign_is_or_other_files_are_is_refused()
    {
        bench.Plan("c", 3);
        string before = File.ReadAllText(bench["c/campaign.json"]);
        Assert.Contains(
            "holds a campaign already",
            Assert.Throws<InputException>(() => bench.Plan("c", 5)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, File.ReadAllText(bench["c/campaign.json"]));
        Directory.CreateDirectory(bench["d"]);
        File.WriteAllText(bench["d/thesis.tex"], "");
        Assert.Contains(
            "thesis.tex",
            Assert.Throws<InputException>(() => bench.Plan("d", 5)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Create_goes_on_where_planning_was_killed()
    {
        Directory.CreateDirectory(bench["c"]);
        File.WriteAllText(bench["c/formulas.txt"], "half");
        Assert.Equal(3, bench.Plan("c", 3).Formulas.Count);
    }

    [Theory]
    [InlineData("campaign.json", 200)]
    [InlineData("campaign.json", 0)]
    [InlineData("formulas.txt", 5)]
    public void Open_what_was_cut_is_refused(string name, int length)
    {
        bench.Plan("c", 9);
        string path = bench[$"c/{name}"];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        Assert.Contains(name, Assert.Throws<InputException>(() => Campaign.Open(bench["c"])).Message);
    }

    [Fact]
    public void Open_a_plan_that_was_changed_is_refused()
    {
        bench.Plan("c", 9);
        string path = bench["c/campaign.json"];
        string text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"seed\": 1", "\"seed\": 2", StringComparison.Ordinal));
        Assert.Throws<InputException>(() => Campaign.Open(bench["c"]));
        File.WriteAllText(path, text.Replace("\"format\": 2", "\"format\": 7", StringComparison.Ordinal));
        Assert.Contains("format 7", Assert.Throws<InputException>(() => Campaign.Open(bench["c"])).Message);
        File.WriteAllText(path, text.Replace("\"format\": 2", "\"format\": 1", StringComparison.Ordinal));
        Assert.Contains(
            "Use the program that planned it",
            Assert.Throws<InputException>(() => Campaign.Open(bench["c"])).Message
        );
        File.WriteAllText(path, text.Replace("_version\": 2", "_version\": 3", StringComparison.Ordinal));
        Assert.Throws<InputException>(() => Campaign.Open(bench["c"]));
        File.WriteAllText(path, "{\"foreign\": true}");
        Assert.Throws<InputException>(() => Campaign.Open(bench["c"]));
        Assert.Throws<InputException>(() => Campaign.Open(bench["absent"]));
    }

    [Fact]
    public void Require_other_models_is_refused_with_both_checksums()
    {
        Campaign campaign = bench.Plan("c", 3);
        using Kagome.Tests.TinyModels others = new();
        ModelOptions without = others.Options with { Predictor = ModelOptions.None };
        using CrystalPredictor other = CrystalPredictor.Load(without);
        string message = Assert.Throws<InputException>(() => campaign.Require(other, without)).Message;
        Assert.Contains("planned with other models", message, StringComparison.Ordinal);
        Assert.Contains(campaign.Models.Predictor!.Sha256, message, StringComparison.Ordinal);
    }

    public void Dispose() => bench.Dispose();

    private Campaign Create(
        string name,
        string[] formulas,
        List<BadFormula> heard,
        bool leavesOut,
        PredictionOptions? prediction = null
    ) =>
        CampaignPlanner.Create(
            bench[name],
            CampaignBench.Lines(formulas),
            new CampaignSettings { Prediction = prediction ?? CampaignBench.Prediction },
            bench.Predictor,
            bench.Models,
            leavesOut,
            heard.Add,
            cancellation: TestContext.Current.CancellationToken
        );
}
