using System.Collections.Immutable;
using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.Formats;
using Kagome.Formats.Cif;

namespace Kagome.Cli.Prediction;

/// <summary>
/// Writes a folder per formula: one file per crystal and format (per candidate where all are kept), candidates.json and candidates.extxyz.
/// </summary>
/// <remarks>A folder appears whole, under its name, or not at all. One of an earlier run is replaced.</remarks>
internal sealed class PredictionFolder(string root, IReadOnlyList<IStructureFormat> formats, bool keepsAll)
{
    private const string DocumentName = "candidates.json";
    private const string AllStructuresName = "candidates.extxyz";

    private static readonly CifFormat Cif = new();

    public string PathOf(PredictionTarget target) => Path.Combine(root, target.Composition.Formula);

    /// <summary>Finds out whether each formula has a folder of its own that may be replaced.</summary>
    /// <exception cref="BadInputException">Two formulas want the same folder, or one holds files that are not ours.</exception>
    public void Check(IReadOnlyList<PredictionTarget> targets)
    {
        foreach (IGrouping<string, PredictionTarget> same in targets.GroupBy(PathOf))
        {
            if (same.Count() > 1)
            {
                throw new BadInputException(
                    $"{string.Join(" and ", same.Select(target => target.Formula))} are the same formula; give it once."
                );
            }

            if (
                Directory.Exists(same.Key)
                && !File.Exists(Path.Combine(same.Key, DocumentName))
                && Directory.EnumerateFileSystemEntries(same.Key).Any()
            )
            {
                throw new BadInputException($"{same.Key} holds other files; choose another folder with --out.");
            }
        }
    }

    /// <summary>Makes the root and finds out, before hours of sampling, whether it can be written to.</summary>
    /// <exception cref="BadInputException">It cannot.</exception>
    public void Prepare()
    {
        try
        {
            Directory.CreateDirectory(root);
            string probe = Path.Combine(root, $".{Guid.NewGuid():N}.tmp");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"Cannot write to {root}: {exception.Message} Choose another folder with --out.",
                exception
            );
        }
    }

    /// <summary>Writes all there is of a formula.</summary>
    public PredictionDocument Write(
        PredictionTarget target,
        IReadOnlyList<Candidate> candidates,
        PredictionOrigin origin
    )
    {
        string destination = PathOf(target);
        string temporary = Path.Combine(root, $".{Path.GetFileName(destination)}.{Guid.NewGuid():N}.tmp");
        PredictionDocument document = PredictionDocument.Of(
            target,
            candidates,
            origin,
            destination,
            c => Files(target, c),
            c => SymmetrisedFile(target, c)
        );
        try
        {
            Directory.CreateDirectory(temporary);
            WriteInto(temporary, target, candidates);
            File.WriteAllText(Path.Combine(temporary, DocumentName), JsonText.Format(document) + "\n");
            if (Directory.Exists(destination))
            {
                Directory.Delete(destination, recursive: true);
            }

            Directory.Move(temporary, destination);
        }
        catch
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw;
        }

        return document;
    }

    private void WriteInto(string folder, PredictionTarget target, IReadOnlyList<Candidate> candidates)
    {
        Candidate[] structures = [.. candidates.Where(candidate => candidate.Structure is not null)];
        foreach (Candidate candidate in structures.Where(HasFiles))
        {
            CrystalRecord record = Record(target, candidate, candidate.Structure!);
            foreach (IStructureFormat format in formats)
            {
                WriteFile(folder, FileName(target, candidate, format), format, [record]);
            }

            if (SymmetrisedFile(target, candidate) is { } name)
            {
                using StreamWriter writer = new(Path.Combine(folder, name));
                Cif.Write(writer, Stem(target, candidate), candidate.Symmetry!.Standard);
            }

            if (candidate.Trajectory.Count > 0)
            {
                CrystalRecord[] frames = [.. candidate.Trajectory.Select(frame => Record(target, candidate, frame))];
                WriteFile(
                    folder,
                    $"{Stem(target, candidate)}_trajectory.extxyz",
                    StructureFormats.ByName("extxyz"),
                    frames
                );
            }
        }

        if (structures.Length > 0)
        {
            CrystalRecord[] all = [.. structures.Select(candidate => Record(target, candidate, candidate.Structure!))];
            WriteFile(folder, AllStructuresName, StructureFormats.ByName("extxyz"), all);
        }
    }

    private bool HasFiles(Candidate candidate) =>
        candidate.Structure is not null && (keepsAll || candidate.IsRepresentative);

    /// <summary>A CIF of the asymmetric unit beside the CIF of the cell as it was sampled; null where there is no symmetry to tell.</summary>
    private string? SymmetrisedFile(PredictionTarget target, Candidate candidate) =>
        HasFiles(candidate) && formats.Any(format => format.Name == Cif.Name) && candidate.Symmetry?.Group.Number > 1
            ? $"{Stem(target, candidate)}_sym.cif"
            : null;

    private string[] Files(PredictionTarget target, Candidate candidate) =>
        !HasFiles(candidate) ? [] : [.. formats.Select(format => FileName(target, candidate, format))];

    private static void WriteFile(string folder, string name, IStructureFormat format, CrystalRecord[] records)
    {
        using StreamWriter writer = new(Path.Combine(folder, name));
        format.Write(writer, records);
    }

    private static CrystalRecord Record(PredictionTarget target, Candidate candidate, Structure structure) =>
        new(Stem(target, candidate), structure)
        {
            Labels = ImmutableSortedDictionary<string, double>
                .Empty.Add("rank", candidate.Rank)
                .Add("formula_units", candidate.Z),
        };

    private static string FileName(PredictionTarget target, Candidate candidate, IStructureFormat format)
    {
        string pattern = format.FileNames.First(pattern => pattern.StartsWith("*.", StringComparison.Ordinal));
        return $"{Stem(target, candidate)}{pattern[1..]}";
    }

    private static string Stem(PredictionTarget target, Candidate candidate) =>
        $"{target.Composition.Formula}_{candidate.Rank:D3}";
}
