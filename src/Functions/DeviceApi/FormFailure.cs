using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>What can be wrong with a form or query. The texts name no value of the device's.</summary>
internal static class FormFailure
{
    /// <summary>Nothing was named.</summary>
    public static Failure NoAlias { get; } = new Failure.Rejected("no-alias", "", "No alias was named.");

    /// <summary>A part of a body has no <c>=</c>.</summary>
    public static Failure NoValue { get; } = new Failure.Rejected("no-value", "", "A part of the body has no '='.");

    /// <summary>The text before <c>=</c> is empty.</summary>
    public static Failure EmptyAlias { get; } = new Failure.Rejected("empty-alias", "", "An alias is empty.");

    /// <summary>The time of a point is no number.</summary>
    public static Failure BadTime { get; } = new Failure.Rejected("bad-time", "", "A time is not a number of seconds.");

    /// <summary>Bytes that are no UTF-8 after decoding.</summary>
    public static Failure NotUtf8 { get; } = new Failure.Rejected("not-utf8", "", "The text is not UTF-8.");

    /// <summary>Activation with a password that is too short or too long.</summary>
    public static Failure BadPassword { get; } = new Failure.Rejected("bad-password", "password", $"A password has {DevicePassword.MinLength} to {DevicePassword.MaxLength} characters.");

    /// <summary>Too many distinct aliases.</summary>
    public static Failure TooManyAliases { get; } = new Failure.TooLarge("too-many-aliases", $"A request has at most {StateLimits.MaxAliases} aliases.");

    /// <summary>One value too large.</summary>
    public static Failure ValueTooLarge { get; } = new Failure.TooLarge("value-too-large", $"A value has at most {StateLimits.MaxValueBytes} bytes.");

    /// <summary>All values together too large.</summary>
    public static Failure ValuesTooLarge { get; } = new Failure.TooLarge("values-too-large", $"The values of a request have at most {StateLimits.MaxRequestValueBytes} bytes.");
}
