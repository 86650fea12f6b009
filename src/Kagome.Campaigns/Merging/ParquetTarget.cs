using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Parquet;
using Parquet.Schema;
using static Kagome.Campaigns.Merging.ParquetColumn;

namespace Kagome.Campaigns.Merging;

/// <summary>A table with a row a crystal, in Parquet; names of columns tell units.</summary>
/// <remarks>Rows are gathered in groups, so that memory does not grow with their number.</remarks>
internal sealed class ParquetTarget : IResultTarget
{
    private const int GroupSize = 10_000;

    private readonly ParquetColumn[] columns = Columns();
    private readonly ParquetSchema schema;
    private readonly AtomicFile file;
    private ParquetWriter? writer;
    private int rows;

    private ParquetTarget(string path)
    {
        schema = new ParquetSchema(columns.Select(column => column.Field));
        file = new AtomicFile(path);
    }

    /// <exception cref="IOException">The folder is absent, or the disk is full.</exception>
    public static async Task<ParquetTarget> CreateAsync(string path, string campaign)
    {
        ParquetTarget target = new(path);
        try
        {
            target.writer = await ParquetWriter
                .CreateAsync(
                    target.schema,
                    target.file.Content,
                    new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }
                )
                .ConfigureAwait(false);
            target.writer.CustomMetadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["program"] = campaign,
                ["units"] =
                    "lengths in angstrom, angles in degrees, energies in eV/atom, volumes in angstrom^3/atom, densities in g/cm^3; rows of lattice_angstrom are the vectors a, b and c",
            };
            return target;
        }
        catch
        {
            target.file.Dispose();
            throw;
        }
    }

    public async Task AddAsync(MergedCrystal crystal)
    {
        foreach (ParquetColumn column in columns)
        {
            column.Add(crystal);
        }

        if (++rows == GroupSize)
        {
            await WriteGroupAsync().ConfigureAwait(false);
        }
    }

    public async Task CompleteAsync()
    {
        if (rows > 0)
        {
            await WriteGroupAsync().ConfigureAwait(false);
        }

        await writer!.DisposeAsync().ConfigureAwait(false);
        writer = null;
        file.Complete();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (writer is not null)
            {
                await writer.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // what was wrong before matters more than an end that cannot be written
        }
        finally
        {
            file.Dispose();
        }
    }

    private async Task WriteGroupAsync()
    {
        using ParquetRowGroupWriter group = writer!.CreateRowGroup();
        foreach ((ParquetColumn column, DataField data) in columns.Zip(schema.DataFields))
        {
            await column.WriteAsync(group, data).ConfigureAwait(false);
        }

        group.CompleteValidate();
        rows = 0;
    }

    private static ParquetColumn[] Columns() =>
        [
            Text("id", crystal => crystal.Id),
            Text("formula", crystal => crystal.Formula.Formula),
            Number("formula_index", crystal => crystal.Formula.Index),
            Optional("atoms_asked", crystal => crystal.Formula.Atoms),
            Number("crystal", crystal => crystal.Entry.Crystal),
            Number("rank", crystal => crystal.Entry.Rank),
            Number("found", crystal => crystal.Entry.Found),
            Number("generated", crystal => crystal.Entry.Generated),
            Optional("probability", crystal => crystal.Entry.Probability),
            Optional("energy_above_hull_ev_per_atom", crystal => crystal.Entry.EnergyAboveHull),
            Optional("energy_before_relaxation_ev_per_atom", crystal => crystal.Entry.EnergyBeforeRelaxation),
            Text("source", crystal => crystal.Source),
            Text("template_id", crystal => crystal.Entry.Template?.Id),
            Text("template_formula", crystal => crystal.Entry.Template?.Formula),
            Text("template_source", crystal => crystal.Entry.Template?.Source),
            Optional("template_distance", crystal => crystal.Entry.Template?.Distance),
            Optional("space_group_number", crystal => crystal.Entry.SpaceGroup?.Number),
            Text("space_group", crystal => crystal.Entry.SpaceGroup?.Symbol),
            Text("crystal_system", crystal => System(crystal)),
            Text("point_group", crystal => crystal.Entry.SpaceGroup?.PointGroup),
            Text("cell_formula", crystal => crystal.Crystal.Structure.Composition.Formula),
            Number("formula_units", crystal => crystal.Entry.FormulaUnits),
            Number("atoms", crystal => crystal.Crystal.Structure.AtomCount),
            Number("a_angstrom", crystal => Cell(crystal).A),
            Number("b_angstrom", crystal => Cell(crystal).B),
            Number("c_angstrom", crystal => Cell(crystal).C),
            Number("alpha_degrees", crystal => Cell(crystal).Alpha),
            Number("beta_degrees", crystal => Cell(crystal).Beta),
            Number("gamma_degrees", crystal => Cell(crystal).Gamma),
            Optional("volume_angstrom3_per_atom", crystal => crystal.Entry.VolumePerAtom),
            Optional("density_g_per_cm3", crystal => crystal.Entry.Density),
            Optional("shortest_distance_angstrom", crystal => crystal.Entry.ShortestDistance),
            Text("concerns", crystal => Joined(crystal.Entry.Concerns)),
            List("lattice_angstrom", Lattice),
            List(
                "atomic_numbers",
                crystal => crystal.Crystal.Structure.Sites.Select(site => site.Element.AtomicNumber)
            ),
            List("fractional_coordinates", Coordinates),
        ];

    private static string? System(MergedCrystal crystal) =>
        crystal.Entry.SpaceGroup is { } group ? $"{SpaceGroupNumber.System(group.Number)}".ToLowerInvariant() : null;

    private static LatticeParameters Cell(MergedCrystal crystal) =>
        crystal.Entry.Cell ?? crystal.Crystal.Structure.Lattice.Parameters;

    private static string? Joined(IReadOnlyList<string> texts) => texts.Count == 0 ? null : string.Join(' ', texts);

    private static IEnumerable<double> Lattice(MergedCrystal crystal)
    {
        Lattice lattice = crystal.Crystal.Structure.Lattice;
        return new[] { lattice.A, lattice.B, lattice.C }.SelectMany(row => new[] { row.X, row.Y, row.Z });
    }

    private static IEnumerable<double> Coordinates(MergedCrystal crystal) =>
        crystal.Crystal.Structure.Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z });
}
