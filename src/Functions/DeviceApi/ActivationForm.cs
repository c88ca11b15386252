using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Provisioning;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// The body of an activation in all the forms that clients send (specification a.5). Unknown fields are skipped; of a field that stands twice the
/// last counts; the Content-Type is not asked.
/// </summary>
internal static class ActivationForm
{
    /// <summary>Reads a body.</summary>
    /// <returns>The request; Rejected for text that is not UTF-8, or a password that none can be. Whether there must be an identity is the connector's business.</returns>
    public static Outcome<ActivationRequest> Parse(ReadOnlySpan<byte> body, DeviceOrigin origin)
    {
        string? id = null, serial = null, vendor = null, model = null, secret = null;
        var parts = new FormParts(body);
        while (parts.MoveNext())
        {
            if (!FormName.TryDecode(parts.Name, out var name) || !FormName.TryDecode(parts.Value, out var value))
            {
                return FormFailure.NotUtf8;
            }

            switch (name)
            {
                case "id": id = value; break;
                case "sn": serial = value; break;
                case "vendor": vendor = value; break;
                case "model": model = value; break;
                case "password": secret = value; break;
                default: break;
            }
        }

        DevicePassword? password = null;
        if (!string.IsNullOrEmpty(secret) && !DevicePassword.TryParse(secret, out password))
        {
            return FormFailure.BadPassword;
        }

        return new ActivationRequest { Identity = string.IsNullOrEmpty(id) ? serial : id, Vendor = vendor, Model = model, Password = password, Origin = origin };
    }
}
