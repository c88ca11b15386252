using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;

namespace Murano.Shared;

/// <summary>Keeps what was read a short while ago, in bounded memory. The owner judges by <c>TimeProvider</c> how old an entry may be; here it is only forgotten.</summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity, TimeSpan keep) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = capacity });
    private readonly MemoryCacheEntryOptions _options = new() { Size = 1, SlidingExpiration = keep };

    /// <summary>The entry, if it is still there.</summary>
    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value) => _entries.TryGetValue(key, out value) && value is not null;

    /// <summary>Puts an entry; a full cache may refuse it.</summary>
    public void Set(TKey key, TValue value) => _entries.Set(key, value, _options);

    /// <summary>Forgets an entry.</summary>
    public void Remove(TKey key) => _entries.Remove(key);

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();
}
