using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Murano.Functions.Assets;

namespace Murano.Functions.Console;

/// <summary>Sends the page with a nonce of this reply's own: 200. So nobody may keep it, and it has no version.</summary>
internal sealed class PageReply(string page, ConsolePolicy policy) : IResult, IStatusCodeHttpResult
{
    private const string Placeholder = "__NONCE__";

    // 128 bits, in letters that mean the same in HTML and in a header.
    private const int NonceDigits = 32;

    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var nonce = RandomNumberGenerator.GetHexString(NonceDigits, lowercase: true);
        var response = httpContext.Response;
        response.Headers.CacheControl = "no-store";
        FileBody.Guard(response, policy.With(nonce));
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return FileBody.SendAsync(httpContext, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page.Replace(Placeholder, nonce, StringComparison.Ordinal)));
    }
}
