using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks the parameter that receives what makes a function run. The platform knows the kind of trigger by the class's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute
{
    /// <summary>For those who derive from it.</summary>
    [SuppressMessage("Design", "MA0017:Abstract types should not have public or internal constructors", Justification = "As the platform declares it.")]
    public TriggerBindingAttribute()
    {
    }
}
