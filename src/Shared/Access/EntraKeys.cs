using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Murano.Shared.Access;

/// <summary>
/// Fetches the keys of the Entra ID tenant and keeps them. However many ask, and whatever they present, one request is under way at a time, and the next one waits its turn.
/// </summary>
public sealed partial class EntraKeys(IOptions<EntraOptions> options, TimeProvider time, ILogger<EntraKeys> logger) : IDisposable
{
    /// <summary>Age at which keys are fetched anew, while the old ones are used.</summary>
    internal static readonly TimeSpan RefreshAfter = TimeSpan.FromHours(12);

    /// <summary>Age beyond which keys are used no more: the tenant may have withdrawn them.</summary>
    internal static readonly TimeSpan KeepFor = TimeSpan.FromHours(24);

    /// <summary>How long an unknown key's id makes nobody ask again: new keys are published long before they sign.</summary>
    internal static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <summary>How long nobody asks again after a failure.</summary>
    internal static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for both requests.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const int LargestDocument = 512 * 1024;

    private readonly Lock _turn = new();
    private readonly Lazy<HttpClient> _http = new(CreateClient);
    private volatile State _state = new(null, default, default, HasFailed: true, IsNew: true);
    private Task? _load;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    /// <summary>The key of that id.</summary>
    /// <param name="id">What a token says.</param>
    /// <param name="cancellationToken">Ends this caller's wait only.</param>
    /// <returns>The key; Unauthorized when the tenant has no such key; Busy when the tenant's keys are not to be had.</returns>
    internal async Task<Outcome<SecurityKey>> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (TryFind(id, out var key, out var isOld))
        {
            if (isOld)
            {
                _ = Ask();
            }

            return key;
        }

        await Ask().WaitAsync(cancellationToken);
        return TryFind(id, out key, out _) ? key
            : _state.HasFailed ? new Failure.Busy("entra-unavailable", "The signing keys of Entra ID cannot be had. Try again.", TryAgain)
            : OperatorAccess.Unknown;
    }

    private static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        MaxResponseContentBufferSize = LargestDocument,
    };

    private bool TryFind(string id, [NotNullWhen(true)] out SecurityKey? key, out bool isOld)
    {
        var state = _state;
        var age = time.GetElapsedTime(state.Fetched);
        (key, isOld) = (null, age >= RefreshAfter);
        return state.Keys is not null && age < KeepFor && state.Keys.TryGet(id, out key);
    }

    // Never fails: what came of it, the state tells.
    private Task Ask()
    {
        lock (_turn)
        {
            if (_load is { IsCompleted: false })
            {
                return _load;
            }

            var state = _state;
            var isTooSoon = !state.IsNew && time.GetElapsedTime(state.Asked) < (state.HasFailed ? TryAgain : AskAgain);
            return isTooSoon ? Task.CompletedTask : _load = Task.Run(LoadAsync);
        }
    }

    private async Task LoadAsync()
    {
        var authority = options.Value.Authority;
        try
        {
            using var limit = new CancellationTokenSource(Timeout, time);
            var began = time.GetTimestamp();
            var address = EntraKeySet.AddressIn(await GetAsync(new Uri($"{authority}/.well-known/openid-configuration"), limit.Token), options.Value);
            var keys = EntraKeySet.Read(await GetAsync(address, limit.Token), options.Value);
            _state = new(keys, began, time.GetTimestamp(), HasFailed: false, IsNew: false);
        }
        catch (Exception fault)
        {
            _state = _state with { Asked = time.GetTimestamp(), HasFailed = true, IsNew = false };
            Log.NoKeys(logger, fault, authority);
        }
    }

    private async Task<string> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var reply = await _http.Value.GetAsync(address, cancellationToken);
        return reply.StatusCode == HttpStatusCode.OK
            ? await reply.Content.ReadAsStringAsync(cancellationToken)
            : throw new InvalidDataException(FormattableString.Invariant($"{address} answers {(int)reply.StatusCode}."));
    }

    // When they were fetched, and when somebody asked last.
    private sealed record State(EntraKeySet? Keys, long Fetched, long Asked, bool HasFailed, bool IsNew);

    private static partial class Log
    {
        [LoggerMessage(1701, LogLevel.Warning, "The signing keys of {Authority} could not be fetched. Operators who come with tokens of it may have to wait.")]
        public static partial void NoKeys(ILogger logger, Exception fault, string authority);
    }
}
