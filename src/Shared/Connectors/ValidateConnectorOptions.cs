using Microsoft.Extensions.Options;

namespace Murano.Shared.Connectors;

[OptionsValidator]
internal sealed partial class ValidateConnectorOptions : IValidateOptions<ConnectorOptions>;
