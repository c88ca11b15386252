using System.Security.Cryptography;

namespace Murano.Shared.Storage;

/// <summary>Names one attempt to change something, so that a retry recognises its own first try.</summary>
internal static class OperationId
{
    /// <summary>A new id: 32 lower-case hexadecimal digits.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
