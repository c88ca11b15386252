using System.Globalization;
using System.Text.RegularExpressions;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>docs/management-api.md shows what happens: its exchanges are run in their order.</summary>
public sealed partial class ManagementDocumentTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_exchange_is_as_it_is_shown()
    {
        var blocks = Block().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Find(), "docs", "management-api.md"), Token)).Select(match => match.Groups["text"].Value.TrimEnd('\n')).ToArray();
        Assert.True(blocks.Length >= 30 && blocks.Length % 2 == 0, "Requests and replies come in pairs.");
        await using var app = await ManagementApp.StartAsync(azurite);
        for (var i = 0; i < blocks.Length; i += 2)
        {
            var request = Request().Match(Fill(app, blocks[i]));
            Assert.True(request.Success, blocks[i]);
            var authorization = request.Groups["authorization"] is { Success: true, Value: var value } ? value : null;
            using var reply = await app.SendAsync(request.Groups["method"].Value, request.Groups["path"].Value, request.Groups["body"].Success ? request.Groups["body"].Value : null, authorization);

            var parts = Fill(app, blocks[i + 1]).Split("\n\n");
            var body = await reply.Content.ReadAsStringAsync(Token);
            Assert.True(
                (int)reply.StatusCode == int.Parse(parts[0], CultureInfo.InvariantCulture) && Shows(parts.Length > 1 ? parts[1] : "", body),
                $"{request.Groups["method"].Value} {request.Groups["path"].Value} answered {(int)reply.StatusCode} {body}");
        }
    }

    private static string Fill(ManagementApp app, string text) => text
        .Replace("{connector}", app.Connector, StringComparison.Ordinal)
        .Replace("{secret}", app.Secret, StringComparison.Ordinal)
        .Replace("{name}", app.App.Run.Operator!.Name, StringComparison.Ordinal);

    private static bool Shows(string shown, string body) => Regex.IsMatch(body, $"^{string.Join(".*", shown.Split('…').Select(Regex.Escape))}$", RegexOptions.Singleline | RegexOptions.NonBacktracking);

    [GeneratedRegex("^```http\\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("^(?<method>[A-Z]+) (?<path>/\\S+)(\\nAuthorization: (?<authorization>[^\\n]+))?(\\n\\n(?<body>.+))?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Request();
}
