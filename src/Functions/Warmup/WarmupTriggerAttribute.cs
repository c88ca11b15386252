using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Murano.Functions.Warmup;

/// <summary>
/// Marks the parameter of the function that warms up. The host has this trigger built in and knows it by the class's name; the worker's package for it holds
/// nothing but such a class, so the app has its own.
/// </summary>
public sealed class WarmupTriggerAttribute : TriggerBindingAttribute;
