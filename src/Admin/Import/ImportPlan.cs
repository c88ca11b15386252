using System.Text.Json.Nodes;

namespace Murano.Admin.Import;

/// <summary>What is to be done for one identity, in this order, and what is known without doing anything.</summary>
internal sealed class ImportPlan
{
    /// <summary>The identity.</summary>
    public required string Identity { get; init; }

    /// <summary>Whether the target does not know it.</summary>
    public bool IsNew { get; init; }

    /// <summary>A row of an import job; null = none is needed.</summary>
    public JsonObject? Row { get; set; }

    /// <summary>Whether <see cref="Row"/> changes tags.</summary>
    public bool HasTags { get; set; }

    /// <summary>The token to set; null = none. A secret.</summary>
    public string? Token { get; set; }

    /// <summary>Whether the device has a credential, which may be this token or another.</summary>
    public bool IsTokenInDoubt { get; set; }

    /// <summary>Whether it may activate once more, which is to be said after the token.</summary>
    public bool Reprovision { get; set; }

    /// <summary>Values to set.</summary>
    public JsonObject Values { get; } = [];

    /// <summary>What is known already.</summary>
    public List<ImportResult> Results { get; } = [];

    /// <summary>Whether nothing is to be asked of the target.</summary>
    public bool IsEmpty => Row is null && Token is null && !Reprovision && Values.Count == 0;

    /// <summary>Notes a result.</summary>
    public void Note(string what, ImportOutcome outcome, string reason = "", string message = "") => Results.Add(new ImportResult("device", Identity, what, outcome, reason, message));

    /// <summary>Notes that the device's credential was taken away here, and stays away.</summary>
    public void NoteRevoked() => Results.Add(Revoked(Identity));

    /// <summary>The result of a token that is not set, since the device's credential was taken away here.</summary>
    public static ImportResult Revoked(string identity) =>
        new("device", identity, "token", ImportOutcome.Conflict, "credential-revoked-here", "It has called here, and its credential was taken away since: it gets none again.");

    /// <summary>Never the token.</summary>
    public override string ToString() => Identity;
}
