using Microsoft.Extensions.Options;

namespace Murano.Shared.Polls;

[OptionsValidator]
internal sealed partial class ValidateLongPollOptions : IValidateOptions<LongPollOptions>;
