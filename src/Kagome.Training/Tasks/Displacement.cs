using Kagome.Processes.Noise;
using Kagome.Processes.Wrapping;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tasks;

/// <summary>Crystals whose atoms were moved and whose cells were strained at random, and what that costs at the least.</summary>
/// <remarks>
/// A crystal in a data set was relaxed: it is a minimum of the energy, and near it the energy rises as the square of a displacement. How steeply differs from
/// crystal to crystal; the bound is that of the softest. At 300 K atoms of sodium move by 0.2 Å along each axis, at an energy of 3/2 kT =
/// 0.039 eV, which is 1 eV/Å² of the mean square along an axis; its bulk modulus of 7 GPa makes 0.8 eV/atom of the squared change of volume.
/// </remarks>
/// <param name="Coordinates">[atoms, 3], fractional, wrapped</param>
/// <param name="Lattices">[crystals, 3, 3], Å</param>
/// <param name="LeastRise">By how much the energy is higher at the least, eV/atom. [crystals]</param>
internal sealed record Displacement(Tensor Coordinates, Tensor Lattices, Tensor LeastRise)
{
    private const double SmallestLength = 0.03; // Å, of the mean square along an axis
    private const double LargestLength = 1;
    private const double LargestDilation = 0.3; // of the volume, either way
    private const double Shear = 0.05;
    private const double Stiffness = 1; // eV/Å²
    private const double Incompressibility = 0.5; // eV/atom
    private const double LargestRise = 0.3; // eV/atom: then it is another structure, of which nothing is known

    /// <param name="coordinates">[atoms, 3], fractional</param>
    /// <param name="lattices">[crystals, 3, 3], Å</param>
    /// <param name="members">The crystal of each atom. [atoms]</param>
    /// <param name="noise">Says how far.</param>
    public static Displacement Of(Tensor coordinates, Tensor lattices, Tensor members, INoiseSource noise)
    {
        using DisposeScope scope = NewDisposeScope();
        long crystals = lattices.shape[0];
        if (crystals == 0)
        {
            return new Displacement(
                coordinates.alias().MoveToOuterDisposeScope(),
                lattices.alias().MoveToOuterDisposeScope(),
                lattices.sum([1, 2]).MoveToOuterDisposeScope()
            );
        }

        Tensor Mean(Tensor atoms) =>
            zeros(crystals, 3, device: atoms.device).index_add(0, members, atoms, 1)
            / zeros(crystals, 1, device: atoms.device).index_add(0, members, ones_like(atoms[.., ..1]), 1);

        Tensor lengths = SmallestLength * (Math.Log(LargestLength / SmallestLength) * noise.Uniform(crystals, 1)).exp();
        Tensor moves = noise.Normal(coordinates.shape) * lengths.index_select(0, members);
        moves -= Mean(moves).index_select(0, members);
        Tensor squares = Mean(moves.square()).mean([1]);

        Tensor isStrained = (noise.Uniform(crystals) < 0.5).to(ScalarType.Float32);
        Tensor dilation = isStrained * LargestDilation * ((2 * noise.Uniform(crystals)) - 1);
        Tensor shear = Shear * isStrained.view(-1, 1, 1) * noise.Normal(crystals, 3, 3);
        Tensor symmetric = (shear + shear.transpose(1, 2)) / 2;
        Tensor unit = eye(3, device: lattices.device);
        Tensor traceless = symmetric - (unit * symmetric.diagonal(0, 1, 2).mean([1]).view(-1, 1, 1));
        Tensor strained = lattices.matmul((unit * (dilation / 3).exp().view(-1, 1, 1)) + traceless);

        Tensor fractional = moves.unsqueeze(1).bmm(linalg.inv(lattices).index_select(0, members)).squeeze(1);
        Tensor rise = (Stiffness * squares) + (Incompressibility * dilation.square());
        return new Displacement(
            Torus.Wrap(coordinates + fractional).MoveToOuterDisposeScope(),
            strained.MoveToOuterDisposeScope(),
            rise.clamp_max(LargestRise).MoveToOuterDisposeScope()
        );
    }
}
