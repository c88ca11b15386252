namespace Murano.Unit.Tests.Documents;

/// <summary>Pages in docs/adr all answer the same questions.</summary>
public sealed class DecisionTests
{
    private static readonly string[] Questions = ["Problem", "In scope", "Out of scope", "Decision", "What it costs us", "How we would know it was wrong"];

    [Fact]
    public void Each_page_has_its_number_and_every_section()
    {
        var pages = Repository.Files("docs/adr", "*.md").ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page =>
        {
            var headings = File.ReadLines(page).Where(line => line.StartsWith('#')).ToList();
            Assert.StartsWith($"# {Path.GetFileName(page)[..4]}: ", headings[0], StringComparison.Ordinal);
            Assert.Equal(Questions.Select(question => $"## {question}"), headings.Skip(1), StringComparer.Ordinal);
        });
    }
}
