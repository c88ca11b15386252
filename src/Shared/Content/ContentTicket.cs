using System.Globalization;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Shared.Content;

/// <summary>What a signed address allows: one method on one file, for a short time, in the name of an operator (specification b.5).</summary>
public sealed record ContentTicket
{
    /// <summary>First line of what is signed: tickets of another make never hold.</summary>
    private const string Kind = "content-1";

    /// <summary>Whether it is for an upload, or else for a download.</summary>
    public required bool IsUpload { get; init; }

    /// <summary>Whose file.</summary>
    public required ConnectorId Connector { get; init; }

    /// <summary>Which file.</summary>
    public required ContentId Id { get; init; }

    /// <summary>From when on it no longer holds, seconds since the Unix epoch.</summary>
    public required long Expires { get; init; }

    /// <summary>The operator who asked for it; a key must still be good for the same.</summary>
    public required OperatorId Operator { get; init; }

    /// <summary>What is to be uploaded; for a download, the default.</summary>
    public ContentTerms Terms { get; init; } = new();

    /// <summary>All of it as one text. No part holds a line break, so no two tickets have the same text.</summary>
    internal string Text => string.Join('\n', Kind, IsUpload ? "POST" : "GET", Connector.Value, Id.Value, Expires.ToString(CultureInfo.InvariantCulture), Operator.Value, Terms.Type.Value, Terms.Sha256, Terms.Tags.Json);
}
