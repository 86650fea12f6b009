using System.Collections.Immutable;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Formats.Cif;
using Kagome.Formats.Text;

namespace Kagome.Output;

/// <summary>
/// Writes a folder per formula: one file per crystal and format (per candidate where all are kept), candidates.json and candidates.extxyz.
/// </summary>
/// <remarks>A folder appears whole, under its name, or not at all. One of an earlier prediction is replaced. Safe to use from several threads.</remarks>
public sealed class PredictionFolder
{
    private const string DocumentName = "candidates.json";
    private const string AllStructuresName = "candidates.extxyz";

    private static readonly CifFormat Cif = new();

    private readonly string root;
    private readonly IStructureFormat[] formats;
    private readonly bool keepsAll;

    /// <param name="root">Holds a folder for each formula.</param>
    /// <param name="formats">Names of formats: cif, poscar, extxyz, json.</param>
    /// <param name="keepsAll">Whether every candidate gets files, not only one of each crystal.</param>
    /// <exception cref="OptionException">A format is unknown.</exception>
    public PredictionFolder(string root, IReadOnlyList<string> formats, bool keepsAll = false)
    {
        (this.root, this.keepsAll) = (root, keepsAll);
        this.formats = [.. formats.Select(ChooseFormat)];
    }

    /// <summary>The folder of a formula.</summary>
    public string PathOf(PredictionPlan plan) => Path.Combine(root, plan.Composition.Formula);

    /// <summary>Makes the root and finds out, before hours of sampling, whether each formula has a folder of its own that may be written and replaced.</summary>
    /// <exception cref="InputException">Two formulas want the same folder, one holds files that are not ours, or the root cannot be written to.</exception>
    public void Prepare(IReadOnlyList<PredictionPlan> plans)
    {
        foreach (IGrouping<string, PredictionPlan> same in plans.GroupBy(PathOf))
        {
            if (same.Count() > 1)
            {
                throw new InputException(
                    $"{string.Join(" and ", same.Select(plan => plan.Formula))} are the same formula; give it once."
                );
            }

            if (
                Directory.Exists(same.Key)
                && !File.Exists(Path.Combine(same.Key, DocumentName))
                && Directory.EnumerateFileSystemEntries(same.Key).Any()
            )
            {
                throw new InputException(
                    $"{same.Key} holds other files; choose another folder with OutputFolder.",
                    same.Key,
                    "OutputFolder"
                );
            }
        }

        TryToWrite();
    }

    /// <summary>Writes all there is of a formula.</summary>
    /// <returns>What candidates.json says.</returns>
    public PredictionDocument Write(Prediction prediction)
    {
        PredictionDocument document = PredictionDocument.Of(
            prediction,
            PathOf(prediction.Plan),
            candidate => Files(prediction.Plan, candidate),
            candidate => SymmetrisedFile(prediction.Plan, candidate)
        );
        using AtomicFolder folder = new(PathOf(prediction.Plan));
        WriteInto(folder.Location, prediction);
        AtomicFile.Write(
            Path.Combine(folder.Location, DocumentName),
            DocumentSchema.Candidates.Format(document) + "\n"
        );
        folder.Complete();
        return document;
    }

    private void TryToWrite()
    {
        try
        {
            Directory.CreateDirectory(root);
            using AtomicFile probe = new(Path.Combine(root, "probe"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"Cannot write to {root}: {exception.Message} Choose another folder with OutputFolder.",
                root,
                "OutputFolder"
            );
        }
    }

    private static IStructureFormat ChooseFormat(string name)
    {
        try
        {
            return StructureFormats.ByName(name);
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"Formats: {exception.Message.Split(" (Parameter")[0]}", name, "Formats");
        }
    }

    private void WriteInto(string folder, Prediction prediction)
    {
        PredictionPlan plan = prediction.Plan;
        foreach (Candidate candidate in prediction.Candidates.Where(HasFiles))
        {
            CrystalRecord record = Record(plan, candidate);
            foreach (IStructureFormat format in formats)
            {
                WriteFile(folder, FileName(plan, candidate, format), format, [record]);
            }

            if (SymmetrisedFile(plan, candidate) is { } name)
            {
                StructureFile.WriteCif(Path.Combine(folder, name), Stem(plan, candidate), candidate.Symmetry!.Standard);
            }

            if (candidate.Trajectory.Count > 0)
            {
                CrystalRecord[] frames = [.. candidate.Trajectory.Select(frame => Record(plan, candidate, frame))];
                string trajectory = $"{Stem(plan, candidate)}_trajectory.extxyz";
                WriteFile(folder, trajectory, StructureFormats.ByName("extxyz"), frames);
            }
        }

        if (prediction.Candidates.Count > 0)
        {
            CrystalRecord[] all = [.. prediction.Candidates.Select(c => Record(plan, c))];
            WriteFile(folder, AllStructuresName, StructureFormats.ByName("extxyz"), all);
        }
    }

    private bool HasFiles(Candidate candidate) => keepsAll || candidate.IsRepresentative;

    /// <summary>A CIF of the asymmetric unit beside the CIF of the cell as it was sampled; null where there is no symmetry to tell.</summary>
    private string? SymmetrisedFile(PredictionPlan plan, Candidate candidate) =>
        HasFiles(candidate) && formats.Any(format => format.Name == Cif.Name) && candidate.SpaceGroup?.Number > 1
            ? $"{Stem(plan, candidate)}_sym.cif"
            : null;

    private string[] Files(PredictionPlan plan, Candidate candidate) =>
        !HasFiles(candidate) ? [] : [.. formats.Select(format => FileName(plan, candidate, format))];

    private static void WriteFile(string folder, string name, IStructureFormat format, CrystalRecord[] records) =>
        StructureFile.Write(Path.Combine(folder, name), format, records);

    /// <summary>A candidate as files hold it: NaCl_001, with its rank and formula units.</summary>
    public static CrystalRecord Record(PredictionPlan plan, Candidate candidate) =>
        Record(plan, candidate, candidate.Structure);

    private static CrystalRecord Record(PredictionPlan plan, Candidate candidate, Structure structure) =>
        new(Stem(plan, candidate), structure)
        {
            Labels = ImmutableSortedDictionary<string, double>
                .Empty.Add("rank", candidate.Rank)
                .Add("formula_units", candidate.FormulaUnits),
        };

    private static string FileName(PredictionPlan plan, Candidate candidate, IStructureFormat format) =>
        $"{Stem(plan, candidate)}{StructureFileNames.EndingOf(format)}";

    private static string Stem(PredictionPlan plan, Candidate candidate) =>
        $"{plan.Composition.Formula}_{candidate.Rank:D3}";
}
