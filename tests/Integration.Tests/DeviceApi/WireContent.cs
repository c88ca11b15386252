namespace Murano.Integration.Tests.DeviceApi;

/// <summary>A file as a wire case describes it.</summary>
/// <param name="Type">MIME type.</param>
/// <param name="Modified">When it was uploaded, seconds since the Unix epoch.</param>
/// <param name="Tags">JSON; null = none.</param>
/// <param name="Bytes">What is in it.</param>
public sealed record WireContent(string Type, long Modified, string? Tags, byte[] Bytes);
