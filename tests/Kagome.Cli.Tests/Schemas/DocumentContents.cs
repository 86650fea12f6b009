using Kagome.Campaigns;
using Kagome.Campaigns.Slurm;
using Kagome.Crystals.Lattices;
using Kagome.DataSets;
using Kagome.Diagnosis;
using Kagome.Evaluation;
using Kagome.Evaluation.Comparisons;
using Kagome.Evaluation.Regression;
using Kagome.Evaluation.Scoring;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Output;
using Kagome.Reports.DataSets;
using Kagome.Reports.Energies;
using Kagome.Reports.Files;
using Kagome.Reports.Properties;
using Kagome.Training;
using Kagome.Training.Properties;

namespace Kagome.Cli.Tests.Schemas;

/// <summary>The records that documents are made of; of a list, the record of an entry.</summary>
internal static class DocumentContents
{
    public static IReadOnlyDictionary<DocumentSchema, Type> All { get; } =
        new Dictionary<DocumentSchema, Type>
        {
            [DocumentSchema.Candidates] = typeof(PredictionDocument),
            [DocumentSchema.Predictions] = typeof(PredictionDocument),
            [DocumentSchema.Match] = typeof(FileVerdict),
            [DocumentSchema.MatchPair] = typeof(PairVerdict),
            [DocumentSchema.Energies] = typeof(EnergyDocument),
            [DocumentSchema.Relaxation] = typeof(RelaxationDocument),
            [DocumentSchema.Export] = typeof(ExportDocument),
            [DocumentSchema.Property] = typeof(PropertyDocument),
            [DocumentSchema.CrossValidation] = typeof(CrossValidation),
            [DocumentSchema.Info] = typeof(FileDescription),
            [DocumentSchema.Evaluation] = typeof(EvaluationSummary),
            [DocumentSchema.EvaluationComparison] = typeof(ComparedEvaluation),
            [DocumentSchema.EvaluationSettings] = typeof(EvaluationOrigin),
            [DocumentSchema.EvaluationResult] = typeof(SampleScore),
            [DocumentSchema.Statistics] = typeof(DataSetDocument),
            [DocumentSchema.Filter] = typeof(FilterCounts),
            [DocumentSchema.Hull] = typeof(HullCounts),
            [DocumentSchema.Dedupe] = typeof(DuplicateCounts),
            [DocumentSchema.Duplicate] = typeof(Duplicate),
            [DocumentSchema.Split] = typeof(SplitCounts),
            [DocumentSchema.Overlap] = typeof(SharedCrystals),
            [DocumentSchema.Models] = typeof(ModelDescription),
            [DocumentSchema.Model] = typeof(ModelDescription),
            [DocumentSchema.ModelVerification] = typeof(ModelVerification),
            [DocumentSchema.Proposals] = typeof(ProposalDocument),
            [DocumentSchema.Doctor] = typeof(Finding),
            [DocumentSchema.Campaign] = Internal("CampaignDocument"),
            [DocumentSchema.CampaignPlan] = typeof(CampaignPlanDocument),
            [DocumentSchema.CampaignShard] = typeof(FormulaResult),
            [DocumentSchema.CampaignRun] = typeof(ShardOutcome),
            [DocumentSchema.CampaignStatus] = typeof(CampaignStatus),
            [DocumentSchema.CampaignSubmission] = typeof(SlurmSubmission),
            [DocumentSchema.CampaignRetry] = typeof(ReopenedShard),
            [DocumentSchema.CampaignMerge] = typeof(CampaignMergeDocument),
            [DocumentSchema.Pretraining] = typeof(StageReport),
            [DocumentSchema.PretrainingStage] = typeof(StageReport),
        };

    /// <summary>Other lines than the usual ones, in the same file.</summary>
    public static IReadOnlyDictionary<DocumentSchema, IReadOnlyList<Type>> OtherLines { get; } =
        new Dictionary<DocumentSchema, IReadOnlyList<Type>>
        {
            [DocumentSchema.CampaignShard] = [Internal("ShardFile+Head"), Internal("ShardFile+Tail")],
        };

    /// <summary>Names of definitions that are not those of the records.</summary>
    public static IReadOnlyDictionary<Type, string> Names { get; } =
        new Dictionary<Type, string>
        {
            [typeof(PredictionDocument)] = "prediction",
            [typeof(PredictionDocument.Entry)] = "candidate",
            [typeof(EnergyDocument.Entry)] = "crystal_energy",
            [typeof(RelaxationDocument.Entry)] = "relaxed_crystal",
            [typeof(RelaxationDocument.Counts)] = "relaxation_counts",
            [typeof(PropertyDocument.Entry)] = "crystal_property",
            [typeof(ProposalDocument.Entry)] = "proposal",
            [typeof(MappingDocument.Atoms)] = "mapped_atoms",
            [typeof(FormulaResult.Crystal)] = "predicted_crystal",
            [typeof(LatticeParameters)] = "cell",
            [typeof(RegressionSummary)] = "errors_beside_baselines",
            [typeof(RegressionErrors)] = "errors",
        };

    private static Type Internal(string name) =>
        typeof(Campaign).Assembly.GetType($"{typeof(Campaign).Namespace}.{name}", throwOnError: true)!;
}
