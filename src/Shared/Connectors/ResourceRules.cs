using Murano.Shared.State;

namespace Murano.Shared.Connectors;

/// <summary>What a resource's definition may be and which values it takes.</summary>
public static class ResourceRules
{
    /// <summary>Whether the cloud may set this value: settable, within format and allowed values, within the size.</summary>
    /// <returns>Null when it may; else why not.</returns>
    public static Failure? Check(ResourceDefinition definition, StateValue value) => throw new NotSupportedException();
}
