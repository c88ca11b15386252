using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>Writes types and their members as a line each, so that declarations of different assemblies can be compared.</summary>
internal static class Signature
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Kind, base type and, of an attribute, where it may stand.</summary>
    public static string Of(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var below = type.IsEnum || type.BaseType is null or { FullName: "System.Object" } ? "" : $" : {Name(type.BaseType)}";
        var usage = typeof(Attribute).IsAssignableFrom(type) ? $" on {Usage(type)}" : "";
        return $"{kind}{below}{usage}";
    }

    /// <summary>What others can use or override of a type, in order.</summary>
    public static IEnumerable<string> MembersOf(Type type) => (type.IsEnum ? Values(type) : Members(type)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Values(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"));

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var constructor in type.GetConstructors(Declared).Where(IsOpen))
        {
            yield return $"{Access(constructor)}({Parameters(constructor)})";
        }

        foreach (var method in type.GetMethods(Declared).Where(method => IsOpen(method) && !method.IsSpecialName))
        {
            yield return $"{Access(method)}{Modifier(method)}{Annotated(new NullabilityInfoContext().Create(method.ReturnParameter))} {method.Name}({Parameters(method)})";
        }

        foreach (var property in type.GetProperties(Declared).Where(property => property.GetMethod is { } get && IsOpen(get)))
        {
            var set = property.SetMethod is { } setter && IsOpen(setter) ? " set;" : "";
            yield return $"{Access(property.GetMethod!)}{Modifier(property.GetMethod!)}{Annotated(new NullabilityInfoContext().Create(property))} {property.Name} {{ get;{set} }}";
        }
    }

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifier(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Annotated(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{Default(parameter)}"));

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? ""
        : parameter.DefaultValue switch
        {
            null => " = default",
            string text => $" = \"{text}\"",
            bool flag => flag ? " = true" : " = false",
            var value => string.Create(CultureInfo.InvariantCulture, $" = {value}"),
        };

    private static string Annotated(NullabilityInfo info) => info.Type switch
    {
        { IsArray: true } => $"{Annotated(info.ElementType!)}[]{Mark(info)}",
        { IsValueType: true } => Name(info.Type),
        { IsGenericType: true } => $"{Bare(info.Type)}<{string.Join(", ", info.GenericTypeArguments.Select(Annotated))}>{Mark(info)}",
        _ => $"{Name(info.Type)}{Mark(info)}",
    };

    private static string Mark(NullabilityInfo info) => info.ReadState is NullabilityState.Nullable ? "?" : "";

    private static string Name(Type type) => type switch
    {
        { FullName: "System.String" } => "string",
        { FullName: "System.Boolean" } => "bool",
        { FullName: "System.Object" } => "object",
        { FullName: "System.Void" } => "void",
        { FullName: "System.Int32" } => "int",
        { IsGenericType: true } => $"{Bare(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.FullName ?? type.Name,
    };

    private static string Bare(Type type) => (type.Namespace + "." + type.Name).Split('`')[0];

    // The nearest class that says; the attribute's own default otherwise.
    private static string Usage(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.FullName is "System.AttributeUsageAttribute") is { } usage)
            {
                var named = usage.NamedArguments.Select(argument => $"{argument.MemberName} {argument.TypedValue.Value}");
                return string.Join(", ", named.Prepend(((AttributeTargets)(int)usage.ConstructorArguments[0].Value!).ToString()));
            }
        }

        return nameof(AttributeTargets.All);
    }
}
