using Microsoft.Extensions.Options;

namespace Murano.Shared.Access;

[OptionsValidator]
internal sealed partial class ValidateAccessOptions : IValidateOptions<AccessOptions>;
