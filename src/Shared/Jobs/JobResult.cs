using System.Text.Json.Serialization;

namespace Murano.Shared.Jobs;

/// <summary>What became of a row.</summary>
public sealed record JobResult
{
    /// <summary>The identity as it was written.</summary>
    public required string Identity { get; init; }

    /// <summary>What became of it.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<JobOutcome>))]
    public required JobOutcome Outcome { get; init; }

    /// <summary>Why it was not done; null = it was.</summary>
    public string? Reason { get; init; }

    /// <summary>The same as a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Of an export, the device in the shape of an import.</summary>
    public JobRow? Row { get; init; }
}
