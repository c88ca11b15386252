namespace Murano.Shared.Events.Delivery;

/// <summary>A destination's name leads only to addresses that are not public.</summary>
internal sealed class AddressRefusedException() : IOException("Not a public address.");
