using Murano.Shared.Access;

namespace Murano.Functions.ManagementApi;

/// <summary>Words for roles.</summary>
internal static class RoleNames
{
    /// <summary>The word for a role.</summary>
    public static string Of(OperatorRole role) => role switch
    {
        OperatorRole.Viewer => "viewer",
        OperatorRole.Operator => "operator",
        OperatorRole.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>The role that a word means; null for a word that means none.</summary>
    public static OperatorRole? Read(string word) => word switch
    {
        "viewer" => OperatorRole.Viewer,
        "operator" => OperatorRole.Operator,
        "admin" => OperatorRole.Admin,
        _ => null,
    };
}
