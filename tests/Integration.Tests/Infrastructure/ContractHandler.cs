namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Holds each reply against the OpenAPI document: code, media type, required headers, and JSON field by field. A reply that is not as described fails the test that got it.</summary>
internal sealed class ContractHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var type = response.Content.Headers.ContentType?.ToString();

        // Files are not read here: some are long, and some tests want them bit by bit.
        var body = type?.StartsWith("application/json", StringComparison.Ordinal) == true && response.Content.Headers.ContentEncoding.Count == 0
            ? await response.Content.ReadAsStringAsync(cancellationToken)
            : null;
        var problems = ReplyContract.Check(
            request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, type, name => response.Headers.Contains(name) || response.Content.Headers.Contains(name), body);
        Assert.True(problems.Count == 0, $"{request.Method} {request.RequestUri!.AbsolutePath} answered {(int)response.StatusCode}, not as described: {string.Join("; ", problems)}: {body}");
        return response;
    }
}
