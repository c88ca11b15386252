using Microsoft.Extensions.Options;

namespace Murano.Functions.Telemetry;

[OptionsValidator]
internal sealed partial class ValidateTelemetryOptions : IValidateOptions<TelemetryOptions>;
