namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Hands HTTP functions the requests of ASP.NET Core.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Makes HTTP functions run on ASP.NET Core's own request and results.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseWeb();
        return builder;
    }
}
