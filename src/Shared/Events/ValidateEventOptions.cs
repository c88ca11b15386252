using Microsoft.Extensions.Options;

namespace Murano.Shared.Events;

[OptionsValidator]
internal sealed partial class ValidateEventOptions : IValidateOptions<EventOptions>;
