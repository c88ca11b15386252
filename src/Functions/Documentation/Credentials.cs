using System.Globalization;
using Microsoft.OpenApi;

namespace Murano.Functions.Documentation;

/// <summary>The forms in which callers say who they are, as security schemes of the document.</summary>
internal static class Credentials
{
    private const string Token = "operatorToken";
    private const string Bearer = "operatorBearer";
    private const string Basic = "operatorBasic";
    private const string Cik = "deviceCik";
    private const string DeviceToken = "deviceToken";
    private const string DeviceBasic = "deviceBasic";
    private const string Certificate = "deviceCertificate";

    private static readonly string[] OfOperators = [Token, Bearer, Basic];
    private static readonly string[] OfDevices = [Cik, DeviceToken, DeviceBasic, Certificate];

    /// <summary>All schemes.</summary>
    public static Dictionary<string, IOpenApiSecurityScheme> Schemes() => new(StringComparer.Ordinal)
    {
        [Token] = Header("Authorization", "`token ` and then a session's token or a key's secret, as the command line sends it."),
        [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A session's token or a key's secret; or, where a tenant is named in the settings, an access token of Entra ID for this API (a JWT) with one of the app roles `viewer`, `operator` and `admin`." },
        [Basic] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "The name of a key and its secret." },
        [Cik] = Header("X-Exosite-CIK", "The device's token."),
        [DeviceToken] = Header("Authorization", "`token ` and then the device's token."),
        [DeviceBasic] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "No user and the token for a password; or the identity and its password." },
        [Certificate] = new OpenApiSecurityScheme { Type = SecuritySchemeType.MutualTLS, Description = "A client certificate whose only CN is the identity." },
    };

    /// <summary>What a caller must show, one of several; the role of operators stands with it. An empty list for those who need nothing.</summary>
    public static List<OpenApiSecurityRequirement> Of(Caller caller, OpenApiDocument document)
    {
        return caller switch
        {
            Caller.Anyone => [],
            Caller.Device => [.. OfDevices.Select(name => Requirement(name))],
            _ => [.. OfOperators.Select(name => Requirement(name, RoleOf(caller)))],
        };

        OpenApiSecurityRequirement Requirement(string name, params List<string> roles) => new() { [new OpenApiSecuritySchemeReference(name, document)] = roles };
    }

    /// <summary>The role's name.</summary>
    public static string RoleOf(Caller caller) => caller.ToString().ToLower(CultureInfo.InvariantCulture);

    private static OpenApiSecurityScheme Header(string name, string what) => new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = name, Description = what };
}
