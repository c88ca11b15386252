using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Identities;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Search lines and conditions on tags as operators type them.</summary>
public sealed class FilterFuzzTests
{
    private static readonly Gen<string> Lines = Gen.Frequency(
        (4, Inputs.OneOf("tag:", "status:", "locked:", "id:", "ip:", "online:yes", "site", "=", "*", "?", "\"", "\\", " ", "{", "}", "{\"name\":", "\"a\"", ",\"value\":", "汉", "\ud83e\udd86", "\ud83e", "%2F", "(", "^", ".", "\0").Array[0, 12].Select(string.Concat)),
        (1, Gen.String[0, 40]));

    [Fact]
    public void A_line_is_refused_or_gives_a_filter() => Check(Lines.Select(line => ("q", line)));

    [Fact]
    public void A_condition_is_refused_or_gives_a_filter_that_has_it() => Check(Lines.Select(text => ("tag", text)));

    private static void Check(Gen<(string Name, string Text)> inputs) => inputs.Sample(
        input =>
        {
            var parsed = IdentityListQuery.Parse(new QueryCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { [input.Name] = input.Text }));
            if (parsed.TryGet(out var query, out var failure))
            {
                Assert.All(query.Filter.Tags.Conditions, condition => Assert.False(condition.IsExact && condition.Text.Length == 0));
                Assert.Equal(query.Filter, query.Filter with { });
                Assert.True(input.Text.Length == 0 || query.Filter != new IdentityFilter() || input.Text.AsSpan().Trim().IsEmpty, input.Text);
            }
            else
            {
                Assert.IsType<Failure.Rejected>(failure);
            }
        },
        iter: LongRun.Inputs);
}
