using Kagome.Campaigns.Merging;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Parquet;
using Parquet.Schema;

namespace Kagome.Campaigns.Tests;

public sealed class CampaignMergerTests : IDisposable
{
    private readonly CampaignBench bench = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("results.db")]
    [InlineData("results.jsonl")]
    [InlineData("results.jsonl.gz")]
    public async Task Merge_to_crystals_is_read_back_with_their_numbers(string name)
    {
        Campaign campaign = await FinishedAsync("c", 50);
        CampaignSummary summary = await CampaignMerger.MergeAsync(
            campaign,
            bench[name],
            cancellation: TestCancellation
        );
        CrystalRecord[] read = [.. DataSet.Read(bench[name]).RecordsOrThrow()];
        FormulaResult[] expected = Results(campaign);
        Assert.Equal(
            (50, 6, expected.Sum(result => result.Crystals.Count)),
            (summary.Done, summary.Failed.Count, summary.Crystals)
        );
        Assert.Equal(summary.Crystals, read.Length);
        Assert.Equal(summary.Crystals, read.Select(record => record.Id).Distinct().Count());
        FormulaResult.Crystal[] crystals = [.. expected.SelectMany(result => result.Crystals)];
        foreach ((FormulaResult.Crystal crystal, CrystalRecord record) in crystals.Zip(read))
        {
            Assert.Equal(crystal.Structure.Composition, record.Structure.Composition);
            Assert.Equal(crystal.Structure.Lattice.Volume, record.Structure.Lattice.Volume, 9);
            Assert.Equal(crystal.Entry.EnergyAboveHull!.Value, record.Labels["energy_above_hull"], 12);
            Assert.Equal(crystal.Entry.SpaceGroup!.Number, record.Labels["space_group"]);
        }
    }

    [Fact]
    public async Task Merge_to_Parquet_is_read_back_with_every_column()
    {
        Campaign campaign = await FinishedAsync("c", 50);
        CampaignSummary summary = await CampaignMerger.MergeAsync(
            campaign,
            bench["results.parquet"],
            cancellation: TestCancellation
        );
        await using FileStream file = File.OpenRead(bench["results.parquet"]);
        await using ParquetReader reader = await ParquetReader.CreateAsync(file, cancellationToken: TestCancellation);
        FormulaResult.Crystal[] crystals = [.. Results(campaign).SelectMany(result => result.Crystals)];
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal((1, summary.Crystals), (reader.RowGroupCount, group.RowCount));
        DataField Field(string name) => reader.Schema.DataFields.Single(field => field.Path.FirstPart == name);
        string?[] ids = new string?[crystals.Length];
        await group.ReadAsync(Field("id"), ids.AsMemory(), null, TestCancellation);
        Assert.Equal("LiO_001", ids[0]);
        double?[] energies = new double?[crystals.Length];
        await group.ReadAsync<double>(
            Field("energy_above_hull_ev_per_atom"),
            energies.AsMemory(),
            null,
            TestCancellation
        );
        Assert.Equal(crystals.Select(crystal => crystal.Entry.EnergyAboveHull), energies);
        DataField coordinates = Field("fractional_coordinates");
        int atoms = crystals.Sum(crystal => crystal.Structure.AtomCount);
        double[] values = new double[3 * atoms];
        int[] definitions = new int[values.Length];
        int[] repetitions = new int[values.Length];
        await group.ReadRawAsync<double>(coordinates, values, definitions, repetitions, TestCancellation);
        Assert.Equal(
            crystals.SelectMany(crystal =>
                crystal.Structure.Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z })
            ),
            values
        );
        Assert.Equal(crystals.Length, repetitions.Count(level => level == 0));
        Assert.Contains("angstrom", reader.CustomMetadata["units"], StringComparison.Ordinal);
    }

    /// <summary>Whatever the size of shards, and wherever work was cut.</summary>
    [Fact]
    public void Merge_gives_the_same_bytes_however_the_work_was_cut()
    {
        byte[]? expected = null;
        int number = 0;
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 30], Gen.Int[1, 4])
            .Sample(
                (size, cut, atOnce) =>
                {
                    byte[] bytes = Merged($"c{number++}", size, cut, atOnce);
                    expected ??= bytes;
                    return bytes.AsSpan().SequenceEqual(expected);
                },
                iter: 25,
                threads: 1,
                seed: "0000KOIPe036"
            );
    }

    [Theory]
    [InlineData("results.db")]
    [InlineData("results.jsonl.gz")]
    [InlineData("results.parquet")]
    public async Task Merge_twice_gives_the_same_bytes(string name)
    {
        Campaign campaign = await FinishedAsync("c", 20);
        await CampaignMerger.MergeAsync(campaign, bench[name], cancellation: TestCancellation);
        byte[] first = await File.ReadAllBytesAsync(bench[name], TestCancellation);
        await CampaignMerger.MergeAsync(campaign, bench[name], cancellation: TestCancellation);
        Assert.Equal(first, await File.ReadAllBytesAsync(bench[name], TestCancellation));
    }

    [Fact]
    public async Task Merge_of_a_part_is_refused_unless_it_is_asked_for()
    {
        Campaign campaign = bench.Plan("c", 12);
        await CampaignBench.Runner(campaign).RunShardAsync(1, cancellation: TestCancellation);
        new ShardFolder(campaign, 2).Add(SyntheticResults.Of(campaign.Formulas[9], 2));
        InputException refused = await Assert.ThrowsAsync<InputException>(() =>
            CampaignMerger.MergeAsync(campaign, bench["out.jsonl"], cancellation: TestCancellation)
        );
        Assert.Contains("5 of 12 formulas are done, 1 of 3 shards finished", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(bench["out.jsonl"]));
        CampaignSummary summary = await CampaignMerger.MergeAsync(
            campaign,
            bench["out.jsonl"],
            takesPart: true,
            cancellation: TestCancellation
        );
        Assert.Equal((5, 12), (summary.Done, summary.Planned));
    }

    [Theory]
    [InlineData("results.db")]
    [InlineData("results.jsonl")]
    [InlineData("results.parquet")]
    public async Task Merge_with_a_damaged_shard_leaves_the_former_file(string name)
    {
        Campaign campaign = await FinishedAsync("c", 20);
        string shard = bench["c/shards/00003.jsonl.gz"];
        byte[] bytes = await File.ReadAllBytesAsync(shard, TestCancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(shard, bytes, TestCancellation);
        await File.WriteAllTextAsync(bench[name], "former", TestCancellation);
        ShardDamagedException damaged = await Assert.ThrowsAsync<ShardDamagedException>(() =>
            CampaignMerger.MergeAsync(campaign, bench[name], cancellation: TestCancellation)
        );
        Assert.Contains("00003.jsonl.gz is damaged", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(ShardState.Damaged, CampaignStatus.Read(campaign).Shards[3].State);
        Assert.Equal("former", await File.ReadAllTextAsync(bench[name], TestCancellation));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.GetDirectoryName(bench[name])!),
            path => path.EndsWith(".tmp", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Merge_sums_up_first_crystals_and_failures()
    {
        Campaign campaign = await FinishedAsync("c", 50);
        CampaignSummary summary = await CampaignMerger.MergeAsync(
            campaign,
            bench["out.jsonl"],
            cancellation: TestCancellation
        );
        Assert.Equal((44, 44), (summary.FirstEnergies.Count, summary.FirstProbabilities.Count));
        Assert.Equal(44, summary.FirstSystems["cubic"]);
        Assert.Equal(KeyValuePair.Create("Pm-3m (221)", 44), Assert.Single(summary.FirstSpaceGroups));
        Assert.Equal(44, summary.FirstSources[CrystalSources.Known]);
        Assert.Equal(20, summary.Lowest.Count);
        Assert.Equal("LiO_001", summary.Lowest[0].Id);
        Assert.Equal(("scandium is short", 6), (summary.Failures[0].Problem.Message, summary.Failures[0].Count));
    }

    [Fact]
    public async Task Merge_to_a_name_of_no_format_or_of_nothing_is_refused()
    {
        Campaign campaign = bench.Plan("c", ["ScO"]);
        await CampaignBench.Runner(campaign).RunAllAsync(cancellation: TestCancellation);
        await Assert.ThrowsAsync<InputException>(() =>
            CampaignMerger.MergeAsync(campaign, bench["out.xlsx"], cancellation: TestCancellation)
        );
        InputException nothing = await Assert.ThrowsAsync<InputException>(() =>
            CampaignMerger.MergeAsync(campaign, bench["out.db"], cancellation: TestCancellation)
        );
        Assert.Contains("has no crystal", nothing.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(bench["out.db"]));
    }

    public void Dispose() => bench.Dispose();

    private async Task<Campaign> FinishedAsync(string name, int formulas)
    {
        Campaign campaign = bench.Plan(name, formulas);
        await CampaignBench.Runner(campaign).RunAllAsync(cancellation: TestCancellation);
        return campaign;
    }

    private static FormulaResult[] Results(Campaign campaign) =>
        [
            .. Enumerable
                .Range(0, campaign.ShardCount)
                .SelectMany(shard => ShardFile.Read(campaign, shard, new ShardFolder(campaign, shard).FinishedPath))
                .Select(line => SealedLine.Read<FormulaResult>(line.Line)!),
        ];

    private byte[] Merged(string name, int size, int cut, int atOnce)
    {
        Campaign campaign = bench.Plan(name, 24, size);
        CutAndFinish(campaign, cut, atOnce);
        string path = bench[$"{name}.parquet"];
        CampaignMerger.MergeAsync(campaign, path).GetAwaiter().GetResult();
        return File.ReadAllBytes(path);
    }

    private static void CutAndFinish(Campaign campaign, int cut, int atOnce)
    {
        using CancellationTokenSource stop = new();
        int done = 0;
        CampaignRunner cutting = new(
            campaign,
            (formula, token) =>
            {
                if (Interlocked.Increment(ref done) > cut)
                {
                    stop.Cancel();
                }

                return CampaignBench.Predict(formula, token);
            },
            TimeProvider.System
        )
        {
            FormulasAtOnce = atOnce,
        };
        try
        {
            cutting.RunAllAsync(cancellation: stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // on purpose
        }

        CampaignBench.Runner(campaign).RunAllAsync().GetAwaiter().GetResult();
    }
}
