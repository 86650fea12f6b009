using static TorchSharp.torch;

namespace Kagome.Models.TorchArchives;

/// <summary>A file of <c>torch.save</c> (PyTorch 1.6 and later), opened without running any of it.</summary>
/// <remarks>
/// Source: PyTorch's serialization notes, https://pytorch.org/docs/stable/notes/serialization.html: an uncompressed zip of
/// <c>data.pkl</c>, a pickle that refers to storages, and <c>data/key</c>, their bytes.
/// </remarks>
internal sealed class TorchArchive : IDisposable
{
    private readonly TorchZip zip;

    private TorchArchive(TorchZip zip, object? root, IReadOnlyDictionary<string, int> skipped)
    {
        (this.zip, Root, Skipped) = (zip, root, skipped);
    }

    /// <summary>
    /// The saved value: null, bool, long, BigInteger, double, string, byte[], object[] for tuples, List&lt;object&gt;, or one
    /// of the types of this namespace. It may hold itself: walk it to a bounded depth.
    /// </summary>
    public object? Root { get; }

    /// <summary>
    /// Classes and functions that the file asks for and that Kagome does not know, by how often; none was called. The
    /// values they were to give are <see cref="PickledObject"/>s.
    /// </summary>
    public IReadOnlyDictionary<string, int> Skipped { get; }

    /// <summary>Opens an archive; tensors are read one by one, by <see cref="Load"/>.</summary>
    /// <exception cref="CheckpointException">No archive of PyTorch, damaged, or beyond what is needed for tensors.</exception>
    public static TorchArchive Open(string path)
    {
        TorchZip opened = TorchZip.Open(path);
        try
        {
            TorchPickle torch = new(opened.StorageByteCount);
            object? root = PickleReader.Read(opened.ReadPickle(), torch);
            return new TorchArchive(opened, root, torch.Skipped);
        }
        catch (PickleException exception)
        {
            opened.Dispose();
            throw new CheckpointException(
                path,
                $"its data.pkl cannot be read: {exception.Message}. Get the file again, or save it anew with a current PyTorch.",
                exception
            );
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor of this archive.</summary>
    /// <returns>Contiguous, on the CPU; the caller's.</returns>
    /// <exception cref="CheckpointException">The archive is damaged, or tensors share storages to no sensible end.</exception>
    public Tensor Load(PickledTensor tensor)
    {
        using var scope = NewDisposeScope();
        Tensor storage = zip.ReadStorage(tensor.Storage);
        return storage
            .as_strided([.. tensor.Shape], [.. tensor.Strides], tensor.Offset)
            .clone()
            .contiguous()
            .MoveToOuterDisposeScope();
    }

    /// <summary>Reads a tensor of any type of number, row after row.</summary>
    /// <exception cref="CheckpointException">The archive is damaged, or tensors share storages to no sensible end.</exception>
    public double[] LoadNumbers(PickledTensor tensor)
    {
        using Tensor read = Load(tensor);
        using Tensor real = read.to(ScalarType.Float64).contiguous();
        return [.. real.data<double>()];
    }

    /// <summary>Closes the file: tensors can no longer be loaded, those that were stay.</summary>
    public void Dispose() => zip.Dispose();
}
