using System.IO.Compression;
using System.Text;
using Kagome.Crystals.Structures;

namespace Kagome.Evaluation.Tests;

/// <summary>Files as torch.save writes them, byte by byte: a dictionary of tensors, and of whatever else.</summary>
internal static class TensorFile
{
    /// <summary>What CDVAE and DiffCSP keep beside the structures, and a call that must not be made.</summary>
    public static readonly (string Name, byte[] Pickle)[] Others =
    [
        (
            "eval_setting",
            Pickle("cargparse\nNamespace\n)R}(", Text("dataset"), Text("mp_20"), Text("num_evals"), "K", 2, "ub")
        ),
        (
            "input_data_batch",
            Pickle(
                "ctorch_geometric.data.batch\nDataBatch\n)",
                0x81,
                "}",
                Text("_store"),
                "ccollections\ndefaultdict\n)Rsb"
            )
        ),
        ("time", Pickle("G", 0x40, 0x59, new byte[6])),
        ("hostile", Pickle("cos\nsystem\n(", Text("touch was-run"), "tR")),
    ];

    /// <summary>The tensors of evaluations.</summary>
    /// <param name="evaluations">For each evaluation its structures, in the order of the data.</param>
    public static List<Numbers> Tensors(params Structure[][] evaluations)
    {
        int crystals = evaluations[0].Length;
        int atoms = evaluations[0].Sum(structure => structure.AtomCount);
        Structure[] all = [.. evaluations.SelectMany(structures => structures)];
        int count = evaluations.Length;
        return
        [
            new("num_atoms", [.. all.Select(one => (double)one.AtomCount)], [count, crystals], IsWhole: true),
            new(
                "atom_types",
                [.. all.SelectMany(one => one.Sites).Select(site => (double)site.Element.AtomicNumber)],
                [count, atoms],
                IsWhole: true
            ),
            new(
                "frac_coords",
                [
                    .. all.SelectMany(one => one.Sites)
                        .SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z }),
                ],
                [count, atoms, 3]
            ),
            new(
                "lengths",
                [.. all.Select(one => one.Lattice.Parameters).SelectMany(cell => new[] { cell.A, cell.B, cell.C })],
                [count, crystals, 3]
            ),
            new(
                "angles",
                [
                    .. all.Select(one => one.Lattice.Parameters)
                        .SelectMany(cell => new[] { cell.Alpha, cell.Beta, cell.Gamma }),
                ],
                [count, crystals, 3]
            ),
        ];
    }

    /// <summary>The vectors of the cells, in place of lengths and angles.</summary>
    public static Numbers Lattices(params Structure[] structures) =>
        new(
            "lattices",
            [
                .. structures
                    .SelectMany(one => new[] { one.Lattice.A, one.Lattice.B, one.Lattice.C })
                    .SelectMany(vector => new[] { vector.X, vector.Y, vector.Z }),
            ],
            [1, structures.Length, 3, 3]
        );

    /// <summary>The pickle of a file.</summary>
    public static byte[] Pickle(IReadOnlyList<Numbers> tensors, params (string Name, byte[] Pickle)[] others) =>
        Pickle(
            0x80,
            2,
            "}(",
            others.SelectMany(other => Text(other.Name).Concat(other.Pickle)).ToArray(),
            tensors
                .Index()
                .SelectMany(tensor => Text(tensor.Item.Name).Concat(Pickle(tensor.Item, tensor.Index)))
                .ToArray(),
            "u."
        );

    /// <summary>A file around a pickle.</summary>
    public static byte[] Zip(byte[] pickle, IReadOnlyList<Numbers> tensors)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            Add("x/data.pkl", pickle);
            foreach ((int index, Numbers tensor) in tensors.Index())
            {
                Add($"x/data/{index}", tensor.Bytes());
            }

            void Add(string name, byte[] content)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Pickle(Numbers tensor, int storage)
    {
        List<int> strides = [];
        for (int axis = tensor.Shape.Length - 1, stride = 1; axis >= 0; stride *= tensor.Shape[axis], axis--)
        {
            strides.Insert(0, stride);
        }

        return Pickle(
            "ctorch._utils\n_rebuild_tensor_v2\n((",
            Text("storage"),
            tensor.IsWhole ? "ctorch\nLongStorage\n" : "ctorch\nDoubleStorage\n",
            Text($"{storage}"),
            Text("cpu"),
            Whole(tensor.Values.Length),
            "tQK",
            0,
            "(",
            tensor.Shape.SelectMany(Whole).ToArray(),
            "t(",
            strides.SelectMany(Whole).ToArray(),
            "t",
            0x89,
            "ccollections\nOrderedDict\n)RtR"
        );
    }

    private static byte[] Pickle(params object[] tokens) =>
        [
            .. tokens.SelectMany(token =>
                token switch
                {
                    string text => Encoding.Latin1.GetBytes(text),
                    byte[] bytes => bytes,
                    _ => [Convert.ToByte(token)],
                }
            ),
        ];

    private static byte[] Whole(int number) => [(byte)'J', .. BitConverter.GetBytes(number)];

    private static byte[] Text(string text) => [0x8c, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    /// <summary>A tensor.</summary>
    internal sealed record Numbers(string Name, double[] Values, int[] Shape, bool IsWhole = false)
    {
        public byte[] Bytes() =>
            [
                .. Values.SelectMany(value =>
                    IsWhole ? BitConverter.GetBytes((long)value) : BitConverter.GetBytes(value)
                ),
            ];
    }
}
