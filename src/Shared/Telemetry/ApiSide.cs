namespace Murano.Shared.Telemetry;

/// <summary>Which of the two APIs.</summary>
internal enum ApiSide
{
    /// <summary>The devices'.</summary>
    Device,

    /// <summary>The operators'.</summary>
    Operator,
}
