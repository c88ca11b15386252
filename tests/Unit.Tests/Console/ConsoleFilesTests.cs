using Murano.Functions.Console;

namespace Murano.Unit.Tests.Console;

public sealed class ConsoleFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("murano-console-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a-1.js", "text/javascript; charset=utf-8")]
    [InlineData("a-1.css", "text/css; charset=utf-8")]
    [InlineData("a-1.svg", "image/svg+xml; charset=utf-8")]
    [InlineData("a-1.json", "application/json; charset=utf-8")]
    [InlineData("a-1.woff2", "font/woff2")]
    [InlineData("a-1.png", "image/png")]
    [InlineData("ü b%2F.js", "text/javascript; charset=utf-8")]
    public void A_file_of_the_build_is_found_by_its_name_with_its_type(string name, string type)
    {
        Write("assets/" + name, "text");

        var asset = new ConsoleFiles(_folder).Find(name)!;

        Assert.Equal(type, asset.ContentType);
        Assert.Equal("text"u8, asset.Bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../index.html")]
    [InlineData("..\\index.html")]
    [InlineData("../../secret.json")]
    [InlineData("..%2Fsecret.json")]
    [InlineData("a.js/")]
    [InlineData("/a.js")]
    [InlineData("./a.js")]
    [InlineData("A.JS")]
    [InlineData("a.js\0")]
    [InlineData("a.js.map")]
    [InlineData("deep")]
    [InlineData("deep/b.js")]
    [InlineData("deep.js")]
    [InlineData("typeless")]
    [InlineData("program.exe")]
    public void Nothing_else_is(string name)
    {
        Write("index.html", "page");
        Write("secret.json", "{}");
        Write("assets/a.js", "text");
        Write("assets/a.js.map", "{}");
        Write("assets/typeless", "text");
        Write("assets/program.exe", "text");
        Write("assets/deep/b.js", "text");
        Directory.CreateDirectory(Path.Combine(_folder, "assets", "deep.js"));
        var files = new ConsoleFiles(_folder);

        Assert.Null(files.Find(name));
        Assert.NotNull(files.Find("a.js"));
    }

    [Fact]
    public void Without_a_build_there_is_no_page_and_no_file()
    {
        var files = new ConsoleFiles(Path.Combine(_folder, "nowhere"));

        Assert.Null(files.Page);
        Assert.Null(files.Find("a.js"));
    }

    [Fact]
    public void Each_is_read_once()
    {
        Write("index.html", "page");
        Write("assets/a.js", "text");
        var files = new ConsoleFiles(_folder);
        var (page, asset) = (files.Page, files.Find("a.js"));

        Write("index.html", "other");
        Write("assets/a.js", "other");

        Assert.Same(page, files.Page);
        Assert.Same(asset, files.Find("a.js"));
    }

    [Fact]
    public void What_compression_makes_no_smaller_has_no_compressed_form()
    {
        Write("assets/a.js", "x");
        Write("assets/b.js", new string('x', 1000));
        var files = new ConsoleFiles(_folder);

        Assert.Null(files.Find("a.js")!.Gzip);
        Assert.InRange(files.Find("b.js")!.Gzip!.Length, 1, 100);
    }

    private void Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
