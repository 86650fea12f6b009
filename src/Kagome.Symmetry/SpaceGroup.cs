using System.Text;

namespace Kagome.Symmetry;

/// <summary>One of the 230 space groups of International Tables A, in spglib's standard setting.</summary>
/// <param name="Number">1 to 230.</param>
/// <param name="Symbol">The short Hermann-Mauguin symbol as programs write it: screw axes with an underscore, such as <c>P6_3/mmc</c>.</param>
public sealed record SpaceGroup(int Number, string Symbol)
{
    private const int FirstMonoclinic = 3;
    private const int LastMonoclinic = 15;

    /// <summary>Lattice type: P, A, C, I, F or R.</summary>
    public char Centring => Symbol[0];

    /// <summary>The symbol as CIF writes it: parts between spaces, and monoclinic ones in full, such as <c>P 1 21/c 1</c>.</summary>
    public string SpacedSymbol
    {
        get
        {
            StringBuilder spaced = new();
            char before = '/';
            foreach (char letter in Symbol)
            {
                bool continues = before is '/' or '_' or '-' || letter is '/' or '_';
                _ = spaced.Append(continues ? "" : " ").Append(letter is '_' ? "" : letter);
                before = letter;
            }

            bool isMonoclinic = Number is >= FirstMonoclinic and <= LastMonoclinic;
            return isMonoclinic ? $"{spaced[0]} 1{spaced.ToString(1, spaced.Length - 1)} 1" : spaced.ToString();
        }
    }

    /// <summary>Symbol and number, such as <c>Fm-3m (225)</c>.</summary>
    public override string ToString() => $"{Symbol} ({Number})";
}
