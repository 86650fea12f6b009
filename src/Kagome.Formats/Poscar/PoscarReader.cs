using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Poscar;

/// <summary>Reads the crystal of a POSCAR, or the frames of an XDATCAR one at a time.</summary>
internal sealed class PoscarReader
{
    private readonly PoscarLines lines;
    private PoscarHeader? header;
    private string? next;
    private int frame;

    private PoscarReader(PoscarLines lines) => this.lines = lines;

    /// <summary>The crystals of the text; a damaged frame is the last, since nothing tells where the next one begins.</summary>
    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        PoscarReader poscar = new(new PoscarLines(new SourceText(reader, path)));
        do
        {
            yield return DataSetEntry.Of(poscar.ReadRecord);
        } while (poscar.next is not null);
    }

    /// <summary>Whether the line begins a frame of an XDATCAR: <c>Direct configuration=     1</c>, before VASP 5 <c>Konfig=     1</c>.</summary>
    private static bool BeginsFrame(string line) =>
        line.Contains('=', StringComparison.Ordinal)
        && (
            line.Contains("configuration", StringComparison.OrdinalIgnoreCase)
            || line.TrimStart().StartsWith("Konfig", StringComparison.OrdinalIgnoreCase)
        );

    private CrystalRecord ReadRecord()
    {
        string first = next ?? lines.Next("a title");
        next = null;
        bool hasHeader = header is not null && BeginsFrame(first);
        header = hasHeader ? header! : PoscarHeader.Read(lines, first); // cells that change stand before each frame
        string mode = hasHeader ? first : header.Mode;
        if (!BeginsFrame(mode))
        {
            return ReadCrystal(lines.Source.Stem, IsCartesian(mode));
        }

        frame++;
        CrystalRecord record = ReadCrystal($"{lines.Source.Stem}:{frame}", isCartesian: false);
        next = lines.NextWritten();
        return record;
    }

    private static bool IsCartesian(string mode) => mode.TrimStart()[0] is 'C' or 'c' or 'K' or 'k';

    private CrystalRecord ReadCrystal(string id, bool isCartesian)
    {
        int atomCount = header!.AtomCount;
        List<Fractional> positions = [];
        List<string> tails = [];
        while (positions.Count < atomCount)
        {
            string line = lines.NextRaw("a position");
            Cartesian position = lines.Three(line, "a position");
            Fractional place = isCartesian
                ? header.Scaling.Lattice.ToFractional(header.Scaling.Apply(position))
                : new Fractional(position.X, position.Y, position.Z);
            if (CellChecks.Problem(place) is { } problem)
            {
                throw lines.Source.ProblemHere($"{problem}.");
            }

            positions.Add(place);
            tails.Add(line);
        }

        string? remark = null;
        Element[] elements = header.Elements ?? PoscarElements.Find(header, tails, lines.Source.Path, out remark);
        Structure structure = new(
            header.Scaling.Lattice,
            elements.Zip(positions, (element, position) => new Site(element, position))
        );
        return new CrystalRecord(id, structure) { Remarks = remark is null ? [] : [remark] };
    }
}
