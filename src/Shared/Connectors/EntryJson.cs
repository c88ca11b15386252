using System.Text.Json.Serialization;

namespace Murano.Shared.Connectors;

[JsonSerializable(typeof(string))]
internal sealed partial class EntryJson : JsonSerializerContext;
