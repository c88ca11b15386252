namespace Murano.Functions.Documentation;

/// <summary>A parameter of a route.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What it says.</param>
/// <param name="Shape">A text when null.</param>
/// <param name="Example">What it may look like.</param>
internal sealed record ParameterDescription(string Name, string What, Shape? Shape = null, string? Example = null)
{
    /// <summary>Whether it is a header of the request, and not part of its address.</summary>
    public bool IsHeader { get; private init; }

    /// <summary>Whether it has to be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A parameter in the query.</summary>
    public static ParameterDescription Query(string name, string what, Shape? shape = null, string? example = null) => new(name, what, shape, example);

    /// <summary>A header.</summary>
    public static ParameterDescription Header(string name, string what, Shape? shape = null, string? example = null) => new(name, what, shape, example) { IsHeader = true };
}
