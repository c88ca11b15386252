using System.Text.RegularExpressions;
using Murano.Functions;
using Murano.Functions.Fallback;

namespace Murano.Unit.Tests.DeviceApi;

public static partial class RouteTableTests
{
    private static readonly RouteTable Table = RouteTable.Of(typeof(MuranoFunctions).Assembly);

    public sealed class Allowed
    {
        [Theory]
        [Spec("a.2/9")]
        [InlineData("/onep:v1/stack/alias", "GET, POST")]
        [InlineData("/ONEP:v1/Stack/alias/", "GET, POST")]
        [InlineData("/provision/activate", "POST")]
        [InlineData("/timestamp", "GET")]
        [InlineData("/ip", "GET")]
        [InlineData("/", "GET, HEAD")]
        [InlineData("", "GET, HEAD")]
        [InlineData("/console", "GET, HEAD")]
        [InlineData("/console/connectors/x/devices/a%2Fb", "GET, HEAD")]
        [InlineData("/console/assets/x.js", "GET, HEAD")]
        [InlineData("/consoles", null)]
        [InlineData("//", null)]
        [InlineData("/onep:v1/stack", null)]
        [InlineData("/onep:v1/stack/alias/x/y", null)]
        [InlineData("//onep:v1/stack/alias", null)]
        [InlineData("/nowhere", null)]
        public void Lists_the_methods_of_an_address(string path, string? expected) => Assert.Equal(expected, Table.Allowed(path));

        [Fact]
        public void Matches_parameters_and_ignores_what_takes_all()
        {
            var table = new RouteTable(
            [
                new("B", "things/{id}", ["DELETE"]),
                new("A", "things/{id}", ["GET"]),
                new("Page", "{*path}", ["GET"]),
                new("Rest", "files/{*path}", ["PUT"]),
            ]);

            Assert.Equal("DELETE, GET", table.Allowed("/things/1"));
            Assert.Equal("PUT", table.Allowed("/files/a/b"));
            Assert.Null(table.Allowed("/other"));
        }
    }

    public sealed class NameOf
    {
        [Theory]
        [InlineData("GET", "/onep:v1/stack/alias", "Device_State_Read")]
        [InlineData("DELETE", "/api:1/service/u1/device2/identity/x", "Management_Identity_Delete")]
        [InlineData("get", "/api:1/solution/u1/usage/", "Management_Solution_Get_Usage")]
        [InlineData("GET", "/api:1/solution/u1/module", "Management_Solution_Part")]
        [InlineData("PUT", "/api:1/solution/u1", null)]
        [InlineData("POST", "/ONEP:V1/stack/alias/", "Device_State_Write")]
        [InlineData("HEAD", "/health/ready", "Health_Ready")]
        [InlineData("GET", "", "Console_Home")]
        [InlineData("GET", "/", "Console_Home")]
        [InlineData("HEAD", "/", "Console_Home")]
        [InlineData("GET", "/x", null)]
        [InlineData("GET", "/console", "Console_Page")]
        [InlineData("GET", "/console/", "Console_Page")]
        [InlineData("GET", "/console/assets", "Console_Asset")]
        [InlineData("GET", "/console/assets/a/b", "Console_Asset")]
        [InlineData("GET", "/console/config.json", "Console_Config")]
        [InlineData("GET", "/console/config.json/x", "Console_Page")]
        public void Is_the_function_that_the_host_runs(string method, string path, string? expected) => Assert.Equal(expected, Table.NameOf(method, path));
    }

    public sealed partial class Entries
    {
        [Fact, Spec("azure.1.7/1")]
        public void Have_no_constraint_but_that_of_the_root()
        {
            // The table does not look at constraints.
            Assert.Equal(RouteEntry.Root, Assert.Single(Table.Entries, entry => Constraint().IsMatch(entry.Template)).Template);
            Assert.Equal("/", Table.Entries.Single(entry => entry.Template is RouteEntry.Root).Address);
        }

        [Fact]
        public void End_with_the_fallback() => Assert.Equal("Zz_Fallback", Table.Entries[^1].Name);

        [Fact, Spec("azure.1.6/2")]
        public void Have_unique_names() =>
            Assert.Equal(Table.Entries.Count, Table.Entries.Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());

        [GeneratedRegex("\\{[^}]*:")]
        private static partial Regex Constraint();
    }
}
