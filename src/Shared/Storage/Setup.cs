using Murano.Shared.Access;

namespace Murano.Shared.Storage;

/// <summary>Makes what the product needs before its first request: tables, a first connector, a first operator key. Running it again changes nothing.</summary>
public sealed class Setup
{
    /// <summary>Brings storage to the present schema and makes the first connector and an operator key where there is none.</summary>
    /// <param name="known">The key that was handed out earlier; it is kept when storage still knows it.</param>
    /// <param name="cancellationToken">Ends the set-up; what is half made is completed by the next run.</param>
    public Task<SetupResult> RunAsync(OperatorCredential? known, CancellationToken cancellationToken) => throw new NotSupportedException();
}
