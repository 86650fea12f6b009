using System.Buffers.Binary;
using System.Text;

namespace Kagome.Training.Tests.Loops;

public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>A TFRecord: length (uint64), its sum (uint32), that many bytes, their sum (uint32).</summary>
    [Fact]
    public void Events_are_whole_TFRecords_with_the_names_of_the_curves()
    {
        TensorBoardLog log = new(folder.Path);
        for (int step = 1; step <= 20; step++)
        {
            log.Report(new TrainingStep(step, 20, step / 4.0, 0.5, 0.25, 1e-3, 4));
        }

        log.Report(new TrainingValidated(20, new ValidationLosses(0.5, 0.25, 4)));
        log.Report(new ModelSaved(20, "model.safetensors"));

        List<string> records = Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path))));
        Assert.Contains("brain.Event:2", records[0], StringComparison.Ordinal);
        int Count(string name) => records.Count(record => record.Contains(name, StringComparison.Ordinal));
        Assert.Equal(2, Count("train/lattice_loss")); // every tenth step
        Assert.Equal(2, Count("train/coordinate_loss"));
        Assert.Equal(2, Count("train/learning_rate"));
        Assert.Equal(1, Count("validation/lattice_loss"));
        Assert.Equal(1, Count("validation/coordinate_loss"));
    }

    public void Dispose() => folder.Dispose();

    private static List<string> Records(byte[] bytes)
    {
        const int HeaderLength = 12;
        const int FooterLength = 4;
        List<string> records = [];
        for (int at = 0; at < bytes.Length; )
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
            records.Add(Encoding.Latin1.GetString(bytes, at + HeaderLength, length));
            at += HeaderLength + length + FooterLength;
            Assert.InRange(at, 0, bytes.Length);
        }

        return records;
    }
}
