namespace Kagome.Formats.Text;

/// <summary>One way to keep crystals in a file: as text (<see cref="ITextFormat"/>) or as a database (<see cref="IDatabaseFormat"/>).</summary>
public interface IStructureFormat
{
    /// <summary>The short name that users type, such as cif.</summary>
    string Name { get; }

    /// <summary>What the format is, for lists of formats.</summary>
    string Description { get; }

    /// <summary>File name patterns, such as *.cif or POSCAR*; upper and lower case are the same.</summary>
    IReadOnlyList<string> FileNames { get; }

    /// <summary>Whether a file can hold more than one crystal.</summary>
    bool CanWriteSeveral { get; }
}
