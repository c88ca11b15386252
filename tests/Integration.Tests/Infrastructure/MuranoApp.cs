using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Murano.Functions;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>The product, as its own Program.cs composes it.</summary>
internal static class MuranoApp
{
    /// <summary>The assembly with the functions.</summary>
    public static Assembly Assembly { get; } = typeof(MuranoFunctions).Assembly;

    /// <summary>What Program.cs does between creating and building.</summary>
    public static void Compose(FunctionsApplicationBuilder builder) => builder.AddMurano();
}
