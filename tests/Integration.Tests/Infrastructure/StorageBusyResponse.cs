using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>The reply of a storage service that has too much to do.</summary>
internal sealed class StorageBusyResponse : Response
{
    public override int Status => 503;

    public override string ReasonPhrase => "Server Busy";

    public override Stream? ContentStream { get; set; } = new MemoryStream();

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = null;
        return false;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = null;
        return false;
    }

    protected override bool ContainsHeader(string name) => false;

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];
}
