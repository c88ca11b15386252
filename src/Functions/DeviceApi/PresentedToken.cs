using System.Text;
using Microsoft.AspNetCore.Http;
using Murano.Shared.Access;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// Takes a device's token out of its request (specification a.3): <c>Authorization: token</c> or <c>basic</c> with an empty user goes before
/// <c>X-Exosite-CIK</c>. What is empty, of another scheme or not of a token's form counts as not there, so that the other header is looked at.
/// </summary>
/// <remarks>Passwords (<c>basic</c> with a user) and client certificates are further kinds of credential and belong here too.</remarks>
internal static class PresentedToken
{
    /// <summary>The header of old libraries.</summary>
    public const string CikHeader = "X-Exosite-CIK";

    /// <summary>Finds the token.</summary>
    /// <returns>The token, unproven; null when there is none.</returns>
    public static DeviceToken? Find(IHeaderDictionary headers)
    {
        foreach (var line in headers.Authorization)
        {
            if (FromAuthorization(line) is { } token)
            {
                return token;
            }
        }

        foreach (var line in headers[CikHeader])
        {
            if (DeviceToken.TryParse(line?.Trim(), out var token))
            {
                return token;
            }
        }

        return null;
    }

    private static DeviceToken? FromAuthorization(string? line)
    {
        var text = line.AsSpan().Trim();
        var blank = text.IndexOf(' ');
        if (blank < 0)
        {
            return null;
        }

        var scheme = text[..blank];
        var rest = text[(blank + 1)..].Trim();
        if (scheme.Equals("token", StringComparison.OrdinalIgnoreCase))
        {
            return DeviceToken.TryParse(rest.ToString(), out var token) ? token : null;
        }

        return scheme.Equals("basic", StringComparison.OrdinalIgnoreCase) ? FromBasic(rest) : null;
    }

    private static DeviceToken? FromBasic(ReadOnlySpan<char> base64)
    {
        Span<byte> pair = stackalloc byte[DeviceToken.Length + 3];
        if (!Convert.TryFromBase64Chars(base64, pair, out var length) || length != DeviceToken.Length + 1 || pair[0] != ':')
        {
            return null;
        }

        return DeviceToken.TryParse(Encoding.ASCII.GetString(pair[1..length]), out var token) ? token : null;
    }
}
