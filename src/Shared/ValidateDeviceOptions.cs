using Microsoft.Extensions.Options;

namespace Murano.Shared;

[OptionsValidator]
internal sealed partial class ValidateDeviceOptions : IValidateOptions<DeviceOptions>;
