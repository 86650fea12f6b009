using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Kagome.Crystals.Structures;
using Kagome.Models;

namespace Kagome.Work;

/// <summary>Asks a model about crystals as they come, a unit of <c>CrystalUnits.Size</c> of them at a time, several units at once.</summary>
/// <remarks>What is said about a unit depends on its crystals alone: units may be worked on anywhere, in any order.</remarks>
/// <param name="task">What is done, for progress.</param>
/// <param name="model">Prepares crystals.</param>
/// <param name="workers">What to work on.</param>
/// <param name="batchAtoms">Atoms of a batch on a processor: other batches round otherwise.</param>
/// <param name="answer">Answers for the cells of a unit; the default where a cell has a problem. They have to survive JSON.</param>
/// <param name="describe">Makes the result of a crystal.</param>
internal sealed class CrystalUnits<TAnswer, TResult>(
    string task,
    LoadedModel model,
    WorkerThreads workers,
    int batchAtoms,
    Func<IReadOnlyList<PreparedCell>, ProgressCounter, CancellationToken, Task<TAnswer[]>> answer,
    Func<CrystalRecord, PreparedCell, TAnswer, TResult> describe
)
{
    /// <param name="crystals">Read as they are needed.</param>
    /// <param name="progress">Hears how many crystals are done.</param>
    /// <param name="journals">A folder that answers are kept in, and found in; null for none.</param>
    /// <param name="options">What answers depend on beside model and crystals.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>A result for each crystal, in their order; where the crystals end with an exception, it comes after the results of all whole units before it.</returns>
    public async IAsyncEnumerable<TResult> RunAsync(
        IEnumerable<CrystalRecord> crystals,
        IProgress<WorkProgress>? progress,
        string? journals,
        object? options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        WorkJournal<UnitAnswers>? journal = null;
        ProgressCounter counter = new(progress, task, "crystals");
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Queue<Task<TResult[]>> open = [];
        try
        {
            int number = 0;
            ExceptionDispatchInfo? failure = null;
            using IEnumerator<CrystalRecord[]> units = Units(crystals).GetEnumerator();
            while (TryNext(units, out failure))
            {
                CrystalRecord[] unit = units.Current;
                string? first = null;
                if (journals is not null && number == 0)
                {
                    first = DataSetFingerprint.Of(unit);
                    journal = WorkJournal<UnitAnswers>.OpenForPlan(journals, Plan(options, first));
                }

                counter.Expect(unit.Length);
                int own = number++;
                open.Enqueue(
                    Task.Run(
                        () => RunUnitAsync(own, unit, first, journal, counter, stopping.Token),
                        CancellationToken.None
                    )
                );
                if (open.Count > workers.Count)
                {
                    foreach (TResult result in await EndAsync(open.Dequeue(), cancellation).ConfigureAwait(false))
                    {
                        yield return result;
                    }
                }
            }

            while (open.TryDequeue(out Task<TResult[]>? next))
            {
                foreach (TResult result in await EndAsync(next, cancellation).ConfigureAwait(false))
                {
                    yield return result;
                }
            }

            failure?.Throw();
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            Task ended = Task.WhenAll(open);
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            journal?.Dispose();
        }
    }

    private static IEnumerable<CrystalRecord[]> Units(IEnumerable<CrystalRecord> crystals)
    {
        int start = 0;
        foreach (CrystalRecord[] unit in crystals.Chunk(CrystalUnits.Size))
        {
            yield return Array.IndexOf(unit, null) is >= 0 and int missing
                ? throw new ArgumentException($"Crystal {start + missing} is null.", nameof(crystals))
                : unit;
            start += unit.Length;
        }
    }

    /// <summary>Reads a unit; what goes wrong in that is kept for when the units before it are done.</summary>
    private static bool TryNext(IEnumerator<CrystalRecord[]> units, out ExceptionDispatchInfo? failure)
    {
        failure = null;
        try
        {
            return units.MoveNext();
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }

    /// <summary>Waits for a unit; what stops it is the caller's token, not the one that is linked to it.</summary>
    private static async Task<TResult[]> EndAsync(Task<TResult[]> unit, CancellationToken cancellation)
    {
        try
        {
            return await unit.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellation);
        }
    }

    /// <param name="number">Of the unit.</param>
    /// <param name="unit">Its crystals.</param>
    /// <param name="fingerprint">Theirs, where it is known already.</param>
    /// <param name="journal">Null for none.</param>
    /// <param name="counter">Hears of what is done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    private async Task<TResult[]> RunUnitAsync(
        int number,
        CrystalRecord[] unit,
        string? fingerprint,
        WorkJournal<UnitAnswers>? journal,
        ProgressCounter counter,
        CancellationToken cancellation
    )
    {
        PreparedCell[] cells = model.Domain.Prepare(unit, cancellation);
        string? crystals = journal is null ? null : fingerprint ?? DataSetFingerprint.Of(unit);
        IReadOnlyList<TAnswer>? answers = Kept(number, crystals, unit.Length, journal);
        if (answers is null)
        {
            answers = await answer(cells, counter, cancellation).ConfigureAwait(false);
            journal?.Add(number, new UnitAnswers(crystals!, answers));
        }
        else
        {
            counter.Skip(unit.Length);
        }

        return [.. unit.Select((crystal, at) => describe(crystal, cells[at], answers[at]))];
    }

    /// <summary>Other data sets have other journals, told apart by their first unit.</summary>
    private string Plan(object? options, string first) =>
        WorkFingerprint.Of(
            task,
            options,
            model.Checksum,
            model.Device.type,
            CrystalUnits.Size,
            model.BatchAtoms(batchAtoms),
            first
        );

    /// <summary>The answers of an earlier run; null where there is none, or it was of other crystals.</summary>
    private static IReadOnlyList<TAnswer>? Kept(
        int number,
        string? crystals,
        int size,
        WorkJournal<UnitAnswers>? journal
    ) =>
        journal?.Contains(number) == true
        && journal.Read(number) is { } kept
        && kept.Crystals == crystals
        && kept.Answers.Count == size
            ? kept.Answers
            : null;

    /// <param name="Crystals">The fingerprint of the unit's crystals.</param>
    /// <param name="Answers">In their order.</param>
    private sealed record UnitAnswers(string Crystals, IReadOnlyList<TAnswer> Answers);
}

/// <summary>How crystals are cut into units of work.</summary>
public static class CrystalUnits
{
    /// <summary>
    /// Crystals of a unit, in the order of the data. Each is worked on alone: unit n of a data set, <c>crystals.Skip(n * Size).Take(Size)</c>, gives on
    /// any machine of the kind what all of the data set would give, to the last digit.
    /// </summary>
    public const int Size = 128;
}
