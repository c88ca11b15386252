using Microsoft.Extensions.Options;

namespace Murano.Functions.Realtime;

[OptionsValidator]
internal sealed partial class ValidateWebPubSubOptions : IValidateOptions<WebPubSubOptions>;
