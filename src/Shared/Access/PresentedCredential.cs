namespace Murano.Shared.Access;

/// <summary>What a device's request says of who is calling, unproven (specification a.3): a closed family.</summary>
public abstract class PresentedCredential
{
    private PresentedCredential()
    {
    }

    /// <summary>Nothing that could be a credential.</summary>
    public static PresentedCredential None { get; } = new Nothing();

    /// <summary>A token is a credential by itself.</summary>
    public static implicit operator PresentedCredential(DeviceToken? token) => token is null ? None : new Token(token);

    /// <summary>Never the secret.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>A token, which names its device.</summary>
    public sealed class Token(DeviceToken value) : PresentedCredential
    {
        /// <summary>The token.</summary>
        public DeviceToken Value { get; } = value;
    }

    /// <summary>An identity and its password, joined by a colon on the wire. Either may hold colons itself: the connector's identity format says which one joins.</summary>
    public sealed class Password(string identity, DevicePassword value, Password? otherwise = null) : PresentedCredential
    {
        /// <summary>The identity as it was sent.</summary>
        public string Identity { get; } = identity;

        /// <summary>The password.</summary>
        public DevicePassword Value { get; } = value;

        /// <summary>The reading by the next colon, for an identity that is not of the format; null = there is none.</summary>
        public Password? Otherwise { get; } = otherwise;
    }

    /// <summary>A TLS client certificate, whose key the platform saw proven.</summary>
    public sealed class Certificate(DeviceCertificate value) : PresentedCredential
    {
        /// <summary>The certificate.</summary>
        public DeviceCertificate Value { get; } = value;
    }

    private sealed class Nothing : PresentedCredential;
}
