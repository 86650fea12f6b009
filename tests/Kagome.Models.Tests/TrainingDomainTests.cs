using System.Collections;
using System.Collections.Concurrent;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Models.Tests;

public sealed class TrainingDomainTests
{
    /// <summary>A caller that only waits takes a thread of the pool from the work: two cores idled for seconds where several units were prepared at once.</summary>
    [Fact]
    public void Prepare_many_crystals_has_the_caller_take_part()
    {
        TrainingDomain domain = new(
            new Provenance { Name = "any", Kind = ModelKind.Predictor },
            TestCheckpoints.Network
        );
        Watched crystals = new(30);
        PreparedCell[] cells = domain.Prepare(crystals, TestContext.Current.CancellationToken);
        Assert.Contains(Environment.CurrentManagedThreadId, crystals.Readers);
        Assert.Equal(
            crystals.Select(crystal => domain.Prepare(crystal.Structure, CancellationToken.None).Cell.Lattice.Volume),
            cells.Select(cell => cell.Cell.Lattice.Volume)
        );
    }

    /// <summary>Crystals that know which threads asked for them.</summary>
    private sealed class Watched(int count) : IReadOnlyList<CrystalRecord>
    {
        public ConcurrentQueue<int> Readers { get; } = [];

        public int Count => count;

        public CrystalRecord this[int index] => new($"{index}", Cell(3 + (0.01 * index)));

        public IEnumerator<CrystalRecord> GetEnumerator()
        {
            for (int index = 0; index < Count; index++)
            {
                Readers.Enqueue(Environment.CurrentManagedThreadId);
                yield return this[index];
            }

            Readers.Enqueue(Environment.CurrentManagedThreadId);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static Structure Cell(double edge) => new(Lattice.Cubic(edge), [new Site(new(55), default)]);
    }
}
