using Murano.Functions.Documentation;

namespace Murano.Functions.DeviceApi;

/// <summary>Describes <see cref="ProvisioningFunctions"/>.</summary>
internal static class ProvisioningDescription
{
    /// <summary>How devices come to their credentials.</summary>
    public static ApiSection Section { get; } = new(
        "Device: activation",
        ApiKind.Device,
        "A device comes to its credential, once. Devices with client certificates need not activate: their first call does.",
        new RouteDescription("Device_Provision_Activate", Caller.Anyone, "Activates a device")
        {
            Detail = "The connector is the one that the host names, else `vendor` or `model`, else the only one. "
                + "A second activation is refused with 409 and leaves the first token valid, until an operator revokes it.",
            Body =
            [
                ContentDescription.Form(
                    "`id` or `sn` is the identity; `password` is the device's own, where the connector uses passwords.",
                    "id=my-device",
                    "vendor=u1rnqm3kgg2u80000&model=u1rnqm3kgg2u80000&sn=my-device",
                    "id=my-device&password=at+least+twenty+characters"),
            ],
            Replies =
            [
                new ReplyDescription(200, "The device's token, 40 characters without a newline.", ContentDescription.Text(Shape.Text("The token.", "^[0-9a-zA-Z]{40}$"), new string('0', 40))),
                ReplyDescription.Empty("The device brought its own password, which counts from now on."),
            ],
            Refusals = [400, 401, 404, 409, 413, 415],
        });
}
