namespace Kagome.Web;

/// <summary>How the web page is served.</summary>
public sealed record WebOptions
{
    /// <summary>The address to listen on. Default 127.0.0.1, for this machine alone; others demand a <see cref="Token"/>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on, 0 to 65,535; 0 for any that is free. Default 5080.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>The folder that jobs are kept in; made where it is absent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>What visitors have to know; at least 8 letters or digits. Default: null, for nothing, which only this machine itself is served without.</summary>
    public string? Token { get; init; }

    /// <summary>Jobs that are worked on at once; at least 1. Default 1: a job takes all cores.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What a single visitor may ask for.</summary>
    public WebLimits Limits { get; init; } = new();

    /// <summary>Whether only programs on this machine reach the server.</summary>
    public bool IsLoopback =>
        Host is "localhost"
        || (
            System.Net.IPAddress.TryParse(Host, out System.Net.IPAddress? address)
            && System.Net.IPAddress.IsLoopback(address)
        );

    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        const int ShortestToken = 8;
        const int LargestPort = 65_535;
        OptionException.RequireBetween(nameof(Port), Port, 0, LargestPort);
        OptionException.RequireGiven(nameof(DataFolder), DataFolder);
        OptionException.RequirePositive(nameof(Workers), Workers);
        if (Host is not "localhost" && !System.Net.IPAddress.TryParse(Host, out _))
        {
            throw new OptionException(
                nameof(Host),
                Host,
                "an address of this machine, such as 127.0.0.1 or 0.0.0.0, or localhost"
            );
        }

        if (Token is null ? !IsLoopback : Token.Length < ShortestToken || !Token.All(char.IsAsciiLetterOrDigit))
        {
            throw new OptionException(
                nameof(Token),
                Token is null ? "not given" : "too simple",
                $"at least {ShortestToken} letters or digits, since {nameof(Host)} is {Host}"
            );
        }

        Limits.Validate();
    }
}

/// <summary>What a single visitor may ask for; more is refused with a sentence that names the limit.</summary>
public sealed record WebLimits
{
    /// <summary>Letters of a formula; at least 1. Default 200.</summary>
    public int FormulaLength { get; init; } = 200;

    /// <summary>Structures to generate for a job; at least 1. Default 1,000.</summary>
    public int Samples { get; init; } = 1_000;

    /// <summary>Atoms of a cell to predict; at least 1. Default 100.</summary>
    public int Atoms { get; init; } = 100;

    /// <summary>Bytes of a file to look at; at least 1. Default 8 MiB.</summary>
    public int FileBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Jobs that wait; at least 1. Default 100.</summary>
    public int WaitingJobs { get; init; } = 100;

    /// <summary>Structures of a file that are shown; at least 1. Default 20.</summary>
    public int StructuresShown { get; init; } = 20;

    /// <exception cref="OptionException">A limit is below 1.</exception>
    public void Validate()
    {
        OptionException.RequirePositive(nameof(FormulaLength), FormulaLength);
        OptionException.RequirePositive(nameof(Samples), Samples);
        OptionException.RequirePositive(nameof(Atoms), Atoms);
        OptionException.RequirePositive(nameof(FileBytes), FileBytes);
        OptionException.RequirePositive(nameof(WaitingJobs), WaitingJobs);
        OptionException.RequirePositive(nameof(StructuresShown), StructuresShown);
    }
}
