using System.Security.Cryptography;
using System.Text;
using Kagome.Crystals.Compositions;
using Kagome.Formats;

namespace Kagome.Campaigns;

/// <summary>Makes a campaign of a list of formulas: checks each, leaves repetitions out, and fixes all that results depend on.</summary>
/// <remarks>Safe to use from several threads, each with a folder of its own.</remarks>
public static class CampaignPlanner
{
    private const int BetweenReports = 256;

    /// <summary>Plans a campaign.</summary>
    /// <param name="folder">A new or empty one.</param>
    /// <param name="lines">Read as they are needed.</param>
    /// <param name="settings">Of all formulas.</param>
    /// <param name="predictor">What formulas are checked by.</param>
    /// <param name="models">What it was loaded by, and what loads it again.</param>
    /// <param name="leavesBadLinesOut">Whether lines that cannot be predicted are left out; otherwise they are refused, and nothing is planned.</param>
    /// <param name="onBadLine">Hears of each line that cannot be predicted, and why.</param>
    /// <param name="progress">Hears how many lines are checked.</param>
    /// <param name="cancellation">Stops between lines; nothing is planned.</param>
    /// <exception cref="OptionException">A setting is out of its range.</exception>
    /// <exception cref="InputException">The folder holds something, a line cannot be predicted, or no formula is left.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Campaign Create(
        string folder,
        IEnumerable<FormulaLine> lines,
        CampaignSettings settings,
        CrystalPredictor predictor,
        ModelOptions models,
        bool leavesBadLinesOut = false,
        Action<BadFormula>? onBadLine = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(predictor);
        settings.Validate();
        RequireFree(folder);
        FormulaCheck check = new(predictor, settings.Prediction, onBadLine);
        foreach ((int at, FormulaLine line) in lines.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            check.Add(line, cancellation);
            if (at % BetweenReports == 0)
            {
                progress?.Report(new WorkProgress("planning", at + 1, 0, "formulas"));
            }
        }

        if (check.BadLines.Count > 0 && !leavesBadLinesOut)
        {
            throw new InputException(
                $"{Counted(check.BadLines.Count, "line")} cannot be predicted, and nothing was planned. Mend them, or plan without them: {LeaveOut}.",
                check.BadLines.Count,
                LeaveOut
            );
        }

        if (check.Formulas.Count == 0)
        {
            throw new InputException("There is no formula to plan; give at least one, such as NaCl.");
        }

        Write(folder, check, settings, CampaignModels.Of(predictor, models));
        return Campaign.Open(folder);
    }

    /// <summary>What the option is called in messages.</summary>
    private const string LeaveOut = "leavesBadLinesOut";

    private static string Counted(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";

    /// <exception cref="InputException">There is a campaign, or something else.</exception>
    private static void RequireFree(string folder)
    {
        if (File.Exists(folder))
        {
            throw new InputException($"{folder} is a file; expected the name of a new folder.", folder);
        }

        if (Campaign.Exists(folder))
        {
            throw new InputException(
                $"{folder} holds a campaign already. Go on with it, or choose another folder.",
                folder
            );
        }

        string? other = Directory.Exists(folder)
            ? Directory
                .EnumerateFileSystemEntries(folder)
                .Select(path => Path.GetFileName(path))
                .FirstOrDefault(name => name is not (Campaign.FormulasName or Campaign.LeftOutName) && name[0] != '.')
            : null;
        if (other is not null)
        {
            throw new InputException(
                $"{folder} holds other files, such as {other}; choose a new or empty folder.",
                folder
            );
        }
    }

    /// <summary>campaign.json comes last: where it is, all is.</summary>
    private static void Write(string folder, FormulaCheck check, CampaignSettings settings, CampaignModels models)
    {
        Directory.CreateDirectory(folder);
        byte[] formulas = Encoding.UTF8.GetBytes(string.Concat(check.Formulas.Select(formula => $"{formula}\n")));
        if (check.BadLines.Count > 0)
        {
            AtomicFile.Write(
                Path.Combine(folder, Campaign.LeftOutName),
                string.Concat(check.BadLines.Select(bad => $"{bad.Line}\t{bad.Problem.ReplaceLineEndings(" ")}\n"))
            );
        }

        AtomicFile.Write(Path.Combine(folder, Campaign.FormulasName), formulas);
        CampaignDocument document = new(
            CampaignDocument.OwnFormat,
            check.Formulas.Count,
            Convert.ToHexStringLower(SHA256.HashData(formulas)),
            check.BadLines.Count,
            check.Repetitions,
            settings,
            models
        );
        AtomicFile.Write(Path.Combine(folder, CampaignDocument.FileName), document.ToText());
    }

    /// <summary>Checks lines one after another, and keeps each formula once.</summary>
    private sealed class FormulaCheck(
        CrystalPredictor predictor,
        PredictionOptions options,
        Action<BadFormula>? onBadLine
    )
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);

        public List<CampaignFormula> Formulas { get; } = [];

        public List<BadFormula> BadLines { get; } = [];

        public int Repetitions { get; private set; }

        public void Add(FormulaLine line, CancellationToken cancellation)
        {
            if (line.Problem is { } problem)
            {
                Leave(new BadFormula(line.Line, problem, []));
                return;
            }

            try
            {
                Keep(predictor.Check(line.Formula, options with { AtomCount = line.Atoms }, cancellation), line.Atoms);
            }
            catch (KagomeException exception) when (exception is not OptionException)
            {
                IReadOnlyList<string> named = exception is InputException input ? input.Options : [];
                Leave(new BadFormula(line.Line, exception.Message, named));
            }
        }

        private void Leave(BadFormula bad)
        {
            BadLines.Add(bad);
            onBadLine?.Invoke(bad);
        }

        /// <summary>The same composition in the same cells is the same, however it is written: Na4Cl4 is NaCl with 8 atoms.</summary>
        private void Keep(Composition composition, int? atoms)
        {
            bool isWholeCell = composition.FormulaUnits > 1 && options.FormulaUnits.Count == 0;
            CampaignFormula formula = new(
                Formulas.Count,
                composition.Reduced.Formula,
                atoms ?? (isWholeCell ? composition.AtomCount : null)
            );
            if (seen.Add(formula.ToString()))
            {
                Formulas.Add(formula);
            }
            else
            {
                Repetitions++;
            }
        }
    }
}

/// <summary>A line of a list that cannot be predicted.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Problem">Why.</param>
/// <param name="Options">Names of options that stand in the problem.</param>
public sealed record BadFormula(int Line, string Problem, IReadOnlyList<string> Options);
