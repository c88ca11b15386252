using System.Runtime.InteropServices;

namespace Murano.Shared.Content;

/// <summary>A part of a file as a client asks for it.</summary>
/// <param name="First">Its first byte, counted from 0; null = the end of the file, and <paramref name="Last"/> is how many bytes of it.</param>
/// <param name="Last">Its last byte; null = to the end.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteRange(long? First, long? Last);
