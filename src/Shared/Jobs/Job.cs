using System.Text.Json.Serialization;

namespace Murano.Shared.Jobs;

/// <summary>Work on many identities, which goes on in steps: in the request that started it, in each that asks for it, and in the timer.</summary>
public sealed record Job
{
    /// <summary>Most rows of a job.</summary>
    public const int MaxRows = 10_000;

    /// <summary>Rows of one step, and of one page of results.</summary>
    public const int RowsInStep = 500;

    /// <summary>Names it, 32 hexadecimal digits; also the operation of its <c>todo</c> row.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<JobKind>))]
    public required JobKind Kind { get; init; }

    /// <summary>Whether it only tells what it would do.</summary>
    public bool DryRun { get; init; }

    /// <summary>What it does beyond its kind.</summary>
    public JobWork Work { get; init; } = new();

    /// <summary>Where it stands.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
    public JobStatus Status { get; init; }

    /// <summary>Name of whoever started it, at that time. Two may have the same.</summary>
    public required string By { get; init; }

    /// <summary>Their id, as <see cref="Access.OperatorId"/> writes it; empty for a job of an earlier version.</summary>
    public string ById { get; init; } = "";

    /// <summary>When it was started, µs since the Unix epoch.</summary>
    public required long Created { get; init; }

    /// <summary>When it ended; 0 = it goes on.</summary>
    public long Ended { get; init; }

    /// <summary>Rows that it has.</summary>
    public required int Total { get; init; }

    /// <summary>Rows that have a result.</summary>
    public int Processed { get; init; }

    /// <summary>Rows that were changed.</summary>
    public int Changed { get; init; }

    /// <summary>Rows that were as asked.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows that were not done.</summary>
    public int Failed { get; init; }

    /// <summary>Until when whoever does a step has it alone, µs; a step that broke off is taken over after that.</summary>
    public long ClaimedUntil { get; init; }

    /// <summary>Who changed the row last; tells a lost reply from a lost race.</summary>
    public string Claim { get; init; } = "";

    /// <summary>When its <c>todo</c> row is due.</summary>
    public required DateTimeOffset Due { get; init; }
}
