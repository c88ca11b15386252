using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Murano.Functions.Documentation;
using Murano.Functions.Fallback;
using Murano.Functions.Warmup;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Access;

/// <summary>Each function with each kind of caller, over real sockets: matrix.tsv says which code each gets. A function without a row fails, and so does a row that contradicts the description.</summary>
public sealed class AuthorizationMatrixTests(AzuriteFixture azurite)
{
    private const int FirstCode = 3;

    private static readonly string[] Operators = ["viewer", "operator", "admin"];
    private static readonly string[] Lines = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Access", "matrix.tsv")).Where(line => !line.StartsWith('#'))];
    private static readonly string[] Callers = Lines[0].Split('\t')[FirstCode..];
    private static readonly Row[] Rows = [.. Lines.Skip(1).Select(Read)];

    [Fact]
    public void Every_function_has_a_row_and_every_row_is_of_the_function_that_it_names()
    {
        var routes = RouteTable.Of(MuranoApp.Assembly);
        var named = Rows.Select(row => (row.Function, Found: routes.NameOf(row.Method, row.Path.Split('?')[0].Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)) ?? "Zz_Fallback"));

        Assert.Equal(routes.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal), Rows.Select(row => row.Function).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(named, row => Assert.Equal(row.Function, row.Found));
        Assert.Empty(
            from entry in routes.Entries
            from method in entry.Methods
            where !Rows.Any(row => row.Function.Equals(entry.Name, StringComparison.Ordinal) && row.Method.Equals(method, StringComparison.Ordinal))
            select $"{method} of {entry.Name}");
    }

    [Fact]
    public void What_is_no_HTTP_function_is_a_timer_or_the_warm_up() => Assert.All(
        from type in MuranoApp.Assembly.GetExportedTypes()
        from method in type.GetMethods()
        where method.IsDefined(typeof(FunctionAttribute), inherit: false)
        select method.GetParameters(),
        parameters => Assert.Contains(parameters, parameter => parameter.IsDefined(typeof(HttpTriggerAttribute), inherit: false) || parameter.IsDefined(typeof(TimerTriggerAttribute), inherit: false) || parameter.IsDefined(typeof(WarmupTriggerAttribute), inherit: false)));

    [Fact]
    public void The_description_says_the_same_of_who_may()
    {
        var callers = ApiDescription.Sections.SelectMany(section => section.Routes).ToDictionary(route => route.Function, route => route.Caller, StringComparer.Ordinal);
        var problems = from row in Rows
                       where callers.ContainsKey(row.Function)
                       from i in Enumerable.Range(0, Callers.Length)
                       where !Fits(callers[row.Function], Callers[i], row.Codes[i], row.Codes[0])
                       select $"{row.Function} is for {callers[row.Function]}, but {Callers[i]} gets {row.Codes[i]}";

        Assert.Empty(problems);
    }

    [Fact, Spec("b.1/2"), Spec("a.3/9"), Spec("a.1/4")]
    public async Task Each_caller_gets_what_is_theirs_and_no_more()
    {
        await using var world = await AccessWorld.StartAsync(azurite);
        List<string> wrong = [];
        foreach (var row in Rows)
        {
            for (var i = 0; i < Callers.Length; i++)
            {
                using var reply = await world.AskAsync(Callers[i], row.Method, row.Path, row.Body);
                if ((int)reply.StatusCode != row.Codes[i])
                {
                    wrong.Add($"{row.Function} for {Callers[i]}: {(int)reply.StatusCode}, expected {row.Codes[i]}: {await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    // Where nobody is asked who they are, all get the same. Who may: neither 401 nor 403. Who is nobody here: 401. Who is too low: 403. Another connector's admin may look at what is about none, or about theirs.
    private static bool Fits(Caller wanted, string caller, int code, int ofNobody)
    {
        var refused = code is 401 or 403;
        return wanted switch
        {
            Caller.Anyone => code == ofNobody,
            Caller.Device => caller is "device" or "neighbour" ? !refused : code == 401,
            _ when Array.IndexOf(Operators, caller) is >= 0 and var role => role >= (int)wanted - (int)Caller.Viewer ? !refused : code == 403,
            _ => caller is "outsider" ? code != 401 : code == 401,
        };
    }

    private static Row Read(string line)
    {
        var parts = line.Split('\t');
        var request = parts[1].Split(' ');
        return new(parts[0], request[0], request[1], parts[2], [.. parts[FirstCode..].Select(code => int.Parse(code, CultureInfo.InvariantCulture))]);
    }

    private sealed record Row(string Function, string Method, string Path, string Body, int[] Codes);
}
