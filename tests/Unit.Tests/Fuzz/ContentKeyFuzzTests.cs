using CsCheck;
using Murano.Shared.Content;
using Murano.Shared.Identities;
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
    public void A_dead_letter_is_no_file_and_its_id_tells_whose_it_is() => Gen.Select(Inputs.AnyText, Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Sample(
        (text, one, other) =>
        {
            if (IdentityId.TryParse(text, out var identity))
            {
                var id = ContentKeys.DeadLetterId(one, identity);
                Assert.True(ContentKeys.TryParseDeadLetterId(id, out var sequence, out var read));
                Assert.Equal((one, identity), (sequence, read));
                Assert.False(ContentKeys.TryParse(ContentKeys.DeadLetter(id), out _));
                Assert.Equal(Math.Sign(one.CompareTo(other)), Math.Sign(string.CompareOrdinal(id, ContentKeys.DeadLetterId(other, identity))));
            }

            Assert.True(!ContentKeys.TryParseDeadLetterId(text, out var number, out var device) || string.Equals(text, ContentKeys.DeadLetterId(number, device), StringComparison.Ordinal), text);
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
