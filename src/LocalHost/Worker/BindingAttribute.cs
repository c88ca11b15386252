using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks what the platform brings to a function, or takes from it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute
{
    /// <summary>For those who derive from it.</summary>
    [SuppressMessage("Design", "MA0017:Abstract types should not have public or internal constructors", Justification = "As the platform declares it.")]
    public BindingAttribute()
    {
    }
}
