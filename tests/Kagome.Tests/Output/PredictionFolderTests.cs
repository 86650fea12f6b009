using Kagome.Formats;
using Kagome.Output;
using Kagome.Testing;

namespace Kagome.Tests.Output;

public sealed class PredictionFolderTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private static readonly PredictionOptions Quick = new()
    {
        Candidates = CandidateSources.Generated,
        Samples = 4,
        Sampler = new SamplerOptions { Steps = 3 },
    };

    private readonly TemporaryFolder folder = new();
    private readonly CrystalPredictor predictor = models.Predictor();

    [Fact]
    public async Task Write_leaves_a_file_for_each_crystal_and_format_that_reads_back()
    {
        Prediction prediction = await Predict("NaCl");
        PredictionFolder target = new(folder.Location, ["cif", "poscar"]);
        PredictionDocument document = target.Write(prediction);
        foreach (PredictionDocument.Entry entry in document.Candidates.Where(entry => entry.Files.Count > 0))
        {
            Assert.Equal(2, entry.Files.Count);
            Assert.All(
                entry.Files,
                file =>
                    Assert.Equal(
                        entry.Composition,
                        StructureFile.ReadSingle(folder[$"NaCl/{file}"]).Structure.Composition.Formula
                    )
            );
        }

        Assert.Equal(
            prediction.Crystals.Select(candidate => candidate.Rank),
            document.Candidates.Where(entry => entry.Files.Count > 0).Select(entry => entry.Rank)
        );
        Assert.Equal(4, StructureFile.Read(folder["NaCl/candidates.extxyz"]).Count);
    }

    [Fact]
    public async Task Write_keeping_all_gives_every_candidate_files()
    {
        Prediction prediction = await Predict("NaCl");
        PredictionDocument document = new PredictionFolder(folder.Location, ["cif"], keepsAll: true).Write(prediction);
        Assert.All(document.Candidates, entry => Assert.Single(entry.Files));
    }

    [Fact]
    public async Task Write_of_a_sample_that_came_to_no_structure_says_that_it_was_found_no_time()
    {
        Prediction prediction = await Predict("NaCl") with { Failures = [new FailedSample(1, "no lattice")] };
        PredictionDocument.Entry failed = new PredictionFolder(folder.Location, ["cif"]).Write(prediction).Candidates[
            ^1
        ];
        Assert.Equal(("no lattice", 0, 0), (failed.Problem, failed.Found, failed.Generated));
    }

    [Fact]
    public async Task Write_replaces_an_earlier_prediction_and_nothing_else()
    {
        PredictionFolder target = new(folder.Location, ["cif"]);
        target.Write(await Predict("NaCl"));
        string before = await File.ReadAllTextAsync(
            folder["NaCl/candidates.json"],
            TestContext.Current.CancellationToken
        );
        target.Write(await Predict("NaCl", seed: 2));
        Assert.NotEqual(
            before,
            await File.ReadAllTextAsync(folder["NaCl/candidates.json"], TestContext.Current.CancellationToken)
        );
        Assert.All(folder.FileNames, name => Assert.StartsWith("NaCl/", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Prepare_folder_of_other_files_is_refused()
    {
        File.WriteAllText(folder["NaCl/mine.txt"], "mine");
        InputException exception = Assert.Throws<InputException>(() =>
            new PredictionFolder(folder.Location, ["cif"]).Prepare([
                predictor.Plan("NaCl", Quick, cancellation: TestContext.Current.CancellationToken),
            ])
        );
        Assert.Equal(["OutputFolder"], exception.Options);
    }

    [Fact]
    public void Prepare_two_ways_to_write_a_formula_are_refused() =>
        Assert.Throws<InputException>(() =>
            new PredictionFolder(folder.Location, ["cif"]).Prepare([
                predictor.Plan("NaCl", Quick, cancellation: TestContext.Current.CancellationToken),
                predictor.Plan("ClNa", Quick, cancellation: TestContext.Current.CancellationToken),
            ])
        );

    [Fact]
    public void Prepare_root_that_is_a_file_is_refused()
    {
        File.WriteAllText(folder["file"], "");
        Assert.Throws<InputException>(() =>
            new PredictionFolder(folder["file"], ["cif"]).Prepare([
                predictor.Plan("NaCl", Quick, cancellation: TestContext.Current.CancellationToken),
            ])
        );
    }

    [Fact]
    public void Unknown_format_is_refused() =>
        Assert.Equal(
            "pdb",
            Assert.Throws<InputException>(() => new PredictionFolder(folder.Location, ["cif", "pdb"])).Value
        );

    public void Dispose()
    {
        predictor.Dispose();
        folder.Dispose();
    }

    private Task<Prediction> Predict(string formula, long seed = 1) =>
        predictor.PredictAsync(
            formula,
            Quick with
            {
                Seed = seed,
            },
            cancellation: TestContext.Current.CancellationToken
        );
}
