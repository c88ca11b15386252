using System.Text;
using Murano.Shared.State;
using Murano.Shared.Tags;

namespace Murano.Shared.Jobs;

/// <summary>What a job does with each of its identities, beyond its kind.</summary>
public sealed record JobWork
{
    /// <summary>Names of tags of which no present value stays.</summary>
    public IReadOnlyList<string> DropTags { get; init; } = [];

    /// <summary>Tags that go.</summary>
    public IReadOnlyList<JobTag> RemoveTags { get; init; } = [];

    /// <summary>Tags that come.</summary>
    public IReadOnlyList<JobTag> AddTags { get; init; } = [];

    /// <summary>Values to set.</summary>
    public IReadOnlyList<JobValue> Values { get; init; } = [];

    /// <summary>The change of tags.</summary>
    internal TagEdit ToEdit() => EditOf(DropTags, RemoveTags, AddTags);

    /// <summary>The values to set.</summary>
    internal IReadOnlyList<CloudValue> ToValues() => [.. Values.Select(value => new CloudValue(value.Alias, new StateValue(Encoding.UTF8.GetBytes(value.Text), value.Kind)))];

    /// <summary>Work that changes tags.</summary>
    internal static JobWork Of(TagEdit edit) => new()
    {
        DropTags = [.. edit.Drop.Select(name => name.Value)],
        RemoveTags = [.. edit.Remove.Select(tag => new JobTag(tag.Name.Value, tag.Value.Value))],
        AddTags = [.. edit.Add.Select(tag => new JobTag(tag.Name.Value, tag.Value.Value))],
    };

    /// <summary>Work that sets values.</summary>
    internal static JobWork Of(IEnumerable<CloudValue> values) =>
        new() { Values = [.. values.Select(value => new JobValue(value.Alias, value.Value.Kind, Encoding.UTF8.GetString(value.Value.Text.Span)))] };

    /// <summary>A change of tags of texts that were read once before.</summary>
    internal static TagEdit EditOf(IEnumerable<string> drop, IEnumerable<JobTag> remove, IEnumerable<JobTag> add) => new()
    {
        Drop = [.. drop.Select(NameOf)],
        Remove = [.. remove.Select(TagOf)],
        Add = [.. add.Select(TagOf)],
    };

    private static Tag TagOf(JobTag tag) => TagValue.TryParse(tag.Value, out var value) ? new Tag(NameOf(tag.Name), value) : throw new FormatException("A stored tag cannot be one.");

    private static TagName NameOf(string text) => TagName.TryParse(text, out var name) ? name : throw new FormatException("A stored tag has a name that cannot be one.");
}
