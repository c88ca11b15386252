namespace Murano.Admin;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    /// <summary>All is done.</summary>
    public const int Done = 0;

    /// <summary>All was tried; some of it failed or is in conflict, and the result file says what.</summary>
    public const int Partly = 1;

    /// <summary>Nothing was begun: wrong arguments, a folder or storage that is in use, a file that is damaged.</summary>
    public const int Refused = 2;

    /// <summary>It broke off. The same command goes on.</summary>
    public const int BrokeOff = 3;

    /// <summary>Somebody stopped it. The same command goes on.</summary>
    public const int Stopped = 130;
}
