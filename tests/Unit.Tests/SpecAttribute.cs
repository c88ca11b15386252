namespace Murano.Tests;

/// <summary>Says which line of the compatibility specification a test covers.</summary>
/// <param name="line">Section, and the number of the bullet or table row in it, counted from 1 in order of appearance: <c>a.7/3</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class SpecAttribute(string line) : Attribute
{
    /// <summary>The line.</summary>
    public string Line { get; } = line;
}
