using Parquet;
using Parquet.Schema;

namespace Kagome.Campaigns.Merging;

/// <summary>A column of a Parquet file, which gathers the rows of a group.</summary>
internal abstract class ParquetColumn(Field column)
{
    public Field Field => column;

    public abstract void Add(MergedCrystal crystal);

    /// <summary>Writes the rows, and forgets them.</summary>
    /// <param name="group">Of rows.</param>
    /// <param name="data">The field, as the schema knows it.</param>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, DataField data);

    public static ParquetColumn Text(string name, Func<MergedCrystal, string?> value) => new OfText(name, value);

    public static ParquetColumn Number<T>(string name, Func<MergedCrystal, T> value)
        where T : struct => new OfNumbers<T>(name, value);

    /// <summary>A number that may be absent.</summary>
    public static ParquetColumn Optional<T>(string name, Func<MergedCrystal, T?> value)
        where T : struct => new OfOptionalNumbers<T>(name, value);

    /// <summary>At least one number in each row.</summary>
    public static ParquetColumn List<T>(string name, Func<MergedCrystal, IEnumerable<T>> values)
        where T : struct => new OfLists<T>(name, values);

    private sealed class OfText(string name, Func<MergedCrystal, string?> value)
        : ParquetColumn(new DataField<string>(name))
    {
        private readonly List<string?> rows = [];

        public override void Add(MergedCrystal crystal) => rows.Add(value(crystal));

        public override async Task WriteAsync(ParquetRowGroupWriter group, DataField data)
        {
            await group.WriteAsync(data, rows!).ConfigureAwait(false);
            rows.Clear();
        }
    }

    private sealed class OfNumbers<T>(string name, Func<MergedCrystal, T> value) : ParquetColumn(new DataField<T>(name))
        where T : struct
    {
        private readonly List<T> rows = [];

        public override void Add(MergedCrystal crystal) => rows.Add(value(crystal));

        public override async Task WriteAsync(ParquetRowGroupWriter group, DataField data)
        {
            await group.WriteAsync<T>(data, rows.ToArray()).ConfigureAwait(false);
            rows.Clear();
        }
    }

    private sealed class OfOptionalNumbers<T>(string name, Func<MergedCrystal, T?> value)
        : ParquetColumn(new DataField<T?>(name))
        where T : struct
    {
        private readonly List<T?> rows = [];

        public override void Add(MergedCrystal crystal) => rows.Add(value(crystal));

        public override async Task WriteAsync(ParquetRowGroupWriter group, DataField data)
        {
            await group.WriteAsync<T>(data, rows.ToArray()).ConfigureAwait(false);
            rows.Clear();
        }
    }

    private sealed class OfLists<T>(string name, Func<MergedCrystal, IEnumerable<T>> values)
        : ParquetColumn(new ListField(name, new DataField<T>(ListField.ElementName)))
        where T : struct
    {
        private readonly List<T> elements = [];
        private readonly List<int> repetitions = [];

        public override void Add(MergedCrystal crystal)
        {
            int before = elements.Count;
            elements.AddRange(values(crystal));
            repetitions.Add(0);
            repetitions.AddRange(Enumerable.Repeat(1, elements.Count - before - 1));
        }

        public override async Task WriteAsync(ParquetRowGroupWriter group, DataField data)
        {
            int[] definitions = new int[elements.Count];
            Array.Fill(definitions, data.MaxDefinitionLevel);
            await group
                .WriteAllPartsAsync<T>(
                    data,
                    elements.ToArray(),
                    definitions,
                    repetitions.ToArray(),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            elements.Clear();
            repetitions.Clear();
        }
    }
}
