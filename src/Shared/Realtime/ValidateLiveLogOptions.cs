using Microsoft.Extensions.Options;

namespace Murano.Shared.Realtime;

[OptionsValidator]
internal sealed partial class ValidateLiveLogOptions : IValidateOptions<LiveLogOptions>;
