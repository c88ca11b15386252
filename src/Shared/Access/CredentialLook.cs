using System.Runtime.InteropServices;

namespace Murano.Shared.Access;

/// <summary>The moment at which a request began to ask storage about a credential: what it finds says nothing of later changes.</summary>
/// <param name="Turn">Orders it among the changes that this instance made.</param>
/// <param name="At">Timestamp of the clock.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CredentialLook(long Turn, long At);
