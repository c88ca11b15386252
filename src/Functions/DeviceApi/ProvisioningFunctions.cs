using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared.Provisioning;
using Murano.Shared.Storage;

namespace Murano.Functions.DeviceApi;

/// <summary>Devices come to their credentials (specification a.5).</summary>
public sealed class ProvisioningFunctions(DeviceGate gate, Setup setup, ProvisioningService provisioning)
{
    /// <summary>Activates a device: 200 with its token, 40 bytes; 204 when it brought a password; 400 for a malformed body; else by the decision table of a.5.</summary>
    [Function("Device_Provision_Activate")]
    public Task<IResult> Activate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Activate)] HttpRequest request) =>
        gate.RunOpenAsync(request, async call =>
        {
            if (!ActivationForm.Parse(call.Body.Bytes, call.Origin).TryGet(out var activation, out var failure))
            {
                return failure;
            }

            await setup.EnsureAsync(call.Deadline);
            call.Origin.Trace.Activates(activation.Identity, activation.Vendor, activation.Model);
            var activated = await provisioning.ActivateAsync(activation, call.Deadline);
            if (!activated.TryGet(out var done, out failure))
            {
                return failure;
            }

            return done.Token is { } token ? DeviceReply.Token(token) : DeviceReply.Empty;
        });
}
