namespace Kagome.Formats.Cif;

/// <summary>The words of CIF.</summary>
internal enum CifTokenKind
{
    /// <summary>data_name: a crystal or another part of the file begins.</summary>
    DataHeading,

    /// <summary>save_name, or save_ alone at the end of the frame.</summary>
    SaveHeading,

    /// <summary>loop_: a table begins.</summary>
    Loop,

    /// <summary>_name of a value or column.</summary>
    Name,

    Value,
}
