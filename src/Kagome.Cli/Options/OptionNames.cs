using System.Diagnostics.CodeAnalysis;

namespace Kagome.Cli.Options;

/// <summary>What the library's options are called on the command line.</summary>
internal static class OptionNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Above"] = "--above",
        ["Account"] = "--account",
        ["Further"] = "--sbatch",
        ["Memory"] = "--mem",
        ["Partition"] = "--partition",
        ["Processors"] = "--cpus",
        ["StopBefore"] = "--stop-before",
        ["TasksAtOnce"] = "--array-limit",
        ["TimeLimit"] = "--time",
        ["AtomCount"] = "the atom count",
        ["Benchmark"] = "--benchmark",
        ["Candidates"] = "--candidates",
        ["Cell"] = "--cell",
        ["CellTolerance"] = "--cell-tolerance",
        ["Code"] = "--to",
        ["CoordinateGuidance"] = "--guidance-coordinates",
        ["CorrectorInterval"] = "--corrector-every",
        ["CorrectorStepSize"] = "--corrector-step",
        ["Crystals"] = "--top",
        ["Cutoff"] = "--cutoff",
        ["CrystalSystems"] = "--crystal-system",
        ["DataFolder"] = "--data",
        ["DataPaths"] = "--data",
        ["Device"] = "--device",
        ["FineTuningPaths"] = "--fine-tune-data",
        ["Folder"] = ModelFolder.Variable,
        ["Folds"] = "--folds",
        ["Format"] = "--from",
        ["FormulasAtOnce"] = "--workers",
        ["Formats"] = "--format",
        ["FormulaUnits"] = "--z",
        ["Generator"] = "--model",
        ["GivesSpaceGroup"] = "--with-space-group",
        ["HeldOutPaths"] = "--held-out",
        ["Host"] = "--host",
        ["InitialModel"] = "--init",
        ["IsSymmetrised"] = "--symmetrise",
        ["Iterations"] = "--iterations",
        ["journals"] = "--out",
        ["KPointDensity"] = "--k-density",
        ["Label"] = "--label",
        ["LargestAtomCount"] = "--max-atoms",
        ["LatticeGuidance"] = "--guidance-lattice",
        ["License"] = "--licence",
        ["Libraries"] = "--library",
        ["leavesBadLinesOut"] = "--skip-bad",
        ["takesPart"] = "--partial",
        ["LatticeUpdate"] = "--lattice-update",
        ["SecondOrder"] = "--second-order",
        ["Limit"] = "--limit",
        ["Log"] = "--log",
        ["OutputFolder"] = "--out",
        ["PolymorphsOnly"] = "--polymorphs",
        ["FormulaOnly"] = "--formula-only",
        ["Port"] = "--port",
        ["Precision"] = "--precision",
        ["Predictions"] = "--predictions",
        ["PredictionsFormat"] = "--from",
        ["Predictor"] = "--predictor",
        ["Pseudopotentials"] = "--pseudopotentials",
        ["Ranker"] = "--ranker",
        ["CellsOf"] = "--cells-of",
        ["Recipe"] = "--recipe",
        ["Relaxation"] = "--relax",
        ["Replaces"] = "--force",
        ["Resume"] = "--resume",
        ["Samples"] = "--samples",
        ["Seed"] = "--seed",
        ["ShardSize"] = "--shard-size",
        ["Shares"] = "--shares",
        ["SpaceGroups"] = "--space-group",
        ["Split"] = "--split",
        ["Steps"] = "--steps",
        ["Symprec"] = "--symprec",
        ["Temperature"] = "--temperature",
        ["To"] = "--to",
        ["Token"] = "KAGOME_TOKEN",
        ["TrainableBlocks"] = "--trainable-blocks",
        ["VolumePerAtom"] = "--volume-per-atom",
        ["ValidationPaths"] = "--validation",
        ["Workers"] = "--workers",
    };

    /// <summary>A message of the library in the words of the command line.</summary>
    public static string Reword(KagomeException exception) => exception.Reword(Of);

    /// <summary>A text of the library in which names of its options stand.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Reword(string? text, IReadOnlyList<string> options) =>
        text is null ? null : InputException.Reword(text, options, Of);

    private static string Of(string option) => Names.GetValueOrDefault(option, option);
}
