using System.Collections.Immutable;
using Kagome.Core.Elements;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;

namespace Kagome.DataSets.Duplicates;

/// <summary>Crystals as bytes, every number exact: for files that this process writes, reads and removes.</summary>
internal static class CrystalSpill
{
    public static void Write(BinaryWriter writer, SpilledCrystal crystal)
    {
        writer.Write(crystal.Order);
        writer.Write((byte)crystal.Set);
        writer.Write(crystal.Formula);
        writer.Write(crystal.Record.Id);
        writer.Write(crystal.Record.Split is not null);
        writer.Write(crystal.Record.Split ?? "");
        writer.Write(crystal.Record.Labels.Count);
        foreach ((string name, double value) in crystal.Record.Labels)
        {
            writer.Write(name);
            writer.Write(value);
        }

        Write(writer, crystal.Record.Structure);
    }

    public static SpilledCrystal Read(BinaryReader reader)
    {
        int order = reader.ReadInt32();
        CrystalSet set = (CrystalSet)reader.ReadByte();
        ulong formula = reader.ReadUInt64();
        string id = reader.ReadString();
        bool hasSplit = reader.ReadBoolean();
        string split = reader.ReadString();
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            labels[reader.ReadString()] = reader.ReadDouble();
        }

        CrystalRecord record = new(id, ReadStructure(reader))
        {
            Split = hasSplit ? split : null,
            Labels = labels.ToImmutable(),
        };
        return new SpilledCrystal(order, set, formula, record);
    }

    private static void Write(BinaryWriter writer, Structure structure)
    {
        foreach (Cartesian vector in new[] { structure.Lattice.A, structure.Lattice.B, structure.Lattice.C })
        {
            Write(writer, vector.X, vector.Y, vector.Z);
        }

        writer.Write(structure.AtomCount);
        foreach (Site site in structure.Sites)
        {
            writer.Write((byte)site.Element.AtomicNumber);
            Write(writer, site.Position.X, site.Position.Y, site.Position.Z);
        }
    }

    private static Structure ReadStructure(BinaryReader reader)
    {
        Lattice lattice = new(ReadVector(reader), ReadVector(reader), ReadVector(reader));
        Site[] sites = new Site[reader.ReadInt32()];
        for (int index = 0; index < sites.Length; index++)
        {
            Element element = new(reader.ReadByte());
            Cartesian position = ReadVector(reader);
            sites[index] = new Site(element, new Fractional(position.X, position.Y, position.Z));
        }

        return new Structure(lattice, sites);
    }

    private static void Write(BinaryWriter writer, double x, double y, double z)
    {
        writer.Write(x);
        writer.Write(y);
        writer.Write(z);
    }

    private static Cartesian ReadVector(BinaryReader reader) =>
        new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
