using System.Globalization;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Somebody whom a <see cref="LocalIssuer"/> knows.</summary>
/// <param name="Name">The name by which they sign in.</param>
/// <param name="Roles">Values of their app roles.</param>
internal sealed record LocalPerson(string Name, params string[] Roles)
{
    private static int _people;

    /// <summary>Their object id.</summary>
    public string ObjectId { get; init; } = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Interlocked.Increment(ref _people):d12}");
}
