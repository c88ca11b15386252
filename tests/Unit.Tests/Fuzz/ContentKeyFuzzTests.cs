using CsCheck;
using Murano.Shared.Content;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Names of blobs: each id has one of its own, and a beginning of ids leads to all that begin so.</summary>
public sealed class ContentKeyFuzzTests
{
    private static readonly Gen<string> Ids = Gen.Frequency(
        (3, Inputs.TextOf("a", "b", ".", "/", "*", "*2F", "*2A", "!", "%", "é", "🦆", "device2", "device2/", "device2/a/", "device2/a*2Fb/c")),
        (2, Gen.Select(Inputs.WellFormed, Inputs.WellFormed).Select((identity, name) => $"device2/{identity}/{name}")),
        (1, Inputs.AnyText));

    [Fact]
    public void The_blob_of_an_id_tells_the_id() => Ids.Sample(
        text =>
        {
            if (ContentId.TryParse(text, out var id))
            {
                Assert.True(ContentKeys.TryParse(ContentKeys.Blob(id), out var read));
                Assert.Equal(id, read);
            }
        },
        iter: LongRun.Inputs);

    [Fact]
    public void A_beginning_of_an_id_leads_to_its_blob() => Gen.Select(Ids, Gen.Double[0, 1]).Sample(
        (text, share) =>
        {
            if (ContentId.TryParse(text, out var id))
            {
                var shown = id.ToString()!;
                var beginning = shown[..(int)(share * shown.Length)];
                Assert.True(char.IsHighSurrogate(beginning.LastOrDefault()) || ContentKeys.Blob(id).StartsWith(ContentKeys.PrefixOf(beginning), StringComparison.Ordinal), $"{beginning} of {shown}");
            }
        },
        iter: LongRun.Inputs);
}
