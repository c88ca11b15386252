using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Murano.Functions;
using Murano.Functions.DeviceApi;
using Murano.Functions.Fallback;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.Polls;
using Murano.Shared.State;

namespace Murano.Unit.Tests.Documents;

/// <summary>docs/device-api.md shows wire cases, which are tested against the running app; set MURANO_WRITE_DOCS=1 to write its exchanges anew.</summary>
public sealed partial class DeviceApiDocumentTests
{
    private const string File = "docs/device-api.md";

    [Fact]
    public void Every_exchange_is_its_wire_case() => Repository.Expect(File, Exchange().Replace(
        Repository.Read(File),
        match => $"<!-- wire: {match.Groups["name"].Value} -->\n\n{WireExchange.Render(match.Groups["name"].Value)}<!-- end -->"));

    [Fact]
    public void Every_endpoint_has_an_exchange()
    {
        var requests = Shown().SelectMany(name => WireExchange.Case(name).Steps).Where(step => step.Kind is "request").Select(step => step.Text.Split('\n')[0].Split(' ')).ToArray();
        var addresses = typeof(Routes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);
        var endpoints = RouteTable.Of(typeof(MuranoFunctions).Assembly).Entries.Where(entry => addresses.Contains(entry.Template)).ToArray();

        Assert.Equal(addresses, endpoints.Select(entry => entry.Template).ToHashSet(StringComparer.Ordinal));
        Assert.Empty(
            from endpoint in endpoints
            from method in endpoint.Methods
            where !requests.Any(request => string.Equals(request[0], method, StringComparison.Ordinal) && endpoint.Matches(request[1].Split('?')[0]))
            select $"{method} {endpoint.Template}");
    }

    [Fact]
    public void Every_status_that_a_wire_case_shows_has_a_reason()
    {
        var explained = StatusRow().Matches(Repository.Read(File)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var shown = WireExchange.All().SelectMany(wire => wire.Steps).Where(step => step.Kind is "reply").Select(step => step.Text.Split(' ')[1]);

        // What no wire case can bring about.
        string[] others = ["403", "429", "500", "503"];
        Assert.Empty(shown.Concat(others).ToHashSet(StringComparer.Ordinal).Except(explained, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_limit_is_the_code_s()
    {
        var document = Repository.Read(File);
        string[] rows =
        [
            Row("value", StateLimits.MaxValueBytes, "bytes"),
            Row("aliases of one request", StateLimits.MaxAliases),
            Row("values of one request together", StateLimits.MaxRequestValueBytes, "bytes"),
            Row("body of a request", RequestBody.MaxBytes, "bytes"),
            Row("identity", IdentityId.MaxEncodedLength, "characters"),
            Row("password", $"{DevicePassword.MinLength} to {DevicePassword.MaxLength} characters"),
            Row("token", DeviceToken.Length, "characters"),
            Row("wait of a long poll", (int)PollRules.LongestWait.TotalMilliseconds, "ms"),
            Row("the same in Azure", (int)new LongPollOptions().MaxWait.TotalMilliseconds, "ms"),
            Row("long polls of one device at once", HeldPolls.MaxPerDevice),
            Row("work on one request", (int)new DeviceOptions().RequestDeadline.TotalSeconds, "s"),
            Row("smallest reply that is compressed", ReplyEncoding.MinBytes, "bytes"),
        ];

        Assert.All(rows, row => Assert.Contains(row, document, StringComparison.Ordinal));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"within {new DeviceOptions().CommandGuard.TotalSeconds} seconds"), document, StringComparison.Ordinal);
    }

    private static string Row(string what, int number, string unit = "") => Row(what, $"{number.ToString("N0", CultureInfo.InvariantCulture)} {unit}".TrimEnd());

    private static string Row(string what, string limit) => $"\n| {what} | {limit} |";

    private static IEnumerable<string> Shown() => Exchange().Matches(Repository.Read(File)).Select(match => match.Groups["name"].Value);

    [GeneratedRegex("<!-- wire: (?<name>[A-Za-z0-9.-]+) -->.*?<!-- end -->", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Exchange();

    [GeneratedRegex("^\\| ([1-5][0-9]{2}) \\|", RegexOptions.Multiline)]
    private static partial Regex StatusRow();
}
