#:package Kagome.Formats@0.1.0
#:property PublishAot=false
using Kagome.Crystals.Structures;
using Kagome.Formats;

// a folder or file of any known format, of any size: one crystal at a time is in memory
CrystalReader reader = new("crystals") { OnRemark = Console.Error.WriteLine };
using DataSetWriter writer = new("binaries.jsonl.gz");
foreach (CrystalRecord crystal in reader.Read())
{
    if (crystal.Structure.Composition.Counts.Count == 2)
        writer.Add(crystal with { Labels = crystal.Labels.SetItem("volume_per_atom", crystal.Structure.Lattice.Volume / crystal.Structure.AtomCount) });
}

writer.Complete();
Console.WriteLine($"{writer.Count} of {reader.Count} crystals have two elements");
