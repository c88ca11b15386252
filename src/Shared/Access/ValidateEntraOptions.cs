using Microsoft.Extensions.Options;

namespace Murano.Shared.Access;

[OptionsValidator]
internal sealed partial class ValidateEntraOptions : IValidateOptions<EntraOptions>;
