namespace Murano.Tests;

/// <summary>Names the line of the specification that a test covers: section, then the number of its bullet or row, e.g. <c>a.7/3</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecAttribute(string line) : Attribute
{
    /// <summary>Section and number.</summary>
    public string Line { get; } = line;
}
