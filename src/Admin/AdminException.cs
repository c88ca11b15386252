namespace Murano.Admin;

/// <summary>An end that is foreseen: what the program says and the code with which it ends.</summary>
internal sealed class AdminException : Exception
{
    public AdminException()
        : this("")
    {
    }

    public AdminException(string message)
        : base(message)
    {
    }

    public AdminException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int Code { get; private init; } = ExitCodes.Refused;

    /// <summary>An end in the middle, after which the same command goes on.</summary>
    public static AdminException BrokeOff(string message) => new(message) { Code = ExitCodes.BrokeOff };
}
