using Microsoft.Extensions.Options;

namespace Murano.Shared.Storage;

[OptionsValidator]
internal sealed partial class ValidateStorageOptions : IValidateOptions<StorageOptions>;
