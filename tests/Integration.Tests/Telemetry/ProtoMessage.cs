using System.Text;

namespace Murano.Integration.Tests.Telemetry;

/// <summary>A message of Protocol Buffers, as much as the tests need to read what was exported: fields by number.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Bytes, ulong Value)> _fields = [];

    private ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = Number(bytes.Span, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((number, default, Number(bytes.Span, ref at)));
                    break;
                case 1:
                    _fields.Add((number, bytes.Slice(at, 8), BitConverter.ToUInt64(bytes.Span[at..])));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Number(bytes.Span, ref at);
                    _fields.Add((number, bytes.Slice(at, length), 0));
                    at += length;
                    break;
                case 5:
                    _fields.Add((number, bytes.Slice(at, 4), BitConverter.ToUInt32(bytes.Span[at..])));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("No such type of field.");
            }
        }
    }

    public static ProtoMessage Read(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>The messages at the end of a path of field numbers.</summary>
    public IEnumerable<ProtoMessage> At(params int[] path) =>
        path.Aggregate((IEnumerable<ProtoMessage>)[this], (messages, number) => messages.SelectMany(message => message._fields.Where(field => field.Number == number).Select(field => new ProtoMessage(field.Bytes))));

    /// <summary>A text; empty when it is not there.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number).Span);

    /// <summary>Bytes as hexadecimal digits; empty when they are not there.</summary>
    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).Span);

    /// <summary>A number; 0 when it is not there.</summary>
    public ulong Whole(int number) => _fields.FirstOrDefault(field => field.Number == number).Value;

    /// <summary>Attributes, from the field where they are.</summary>
    public Dictionary<string, string> Attributes(int number) => At(number).ToDictionary(pair => pair.Text(1), pair => pair.At(2).Select(value => value.Text(1) is { Length: > 0 } text ? text : $"{value.Whole(3)}").FirstOrDefault(""), StringComparer.Ordinal);

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private ReadOnlyMemory<byte> Bytes(int number) => _fields.FirstOrDefault(field => field.Number == number).Bytes;
}
