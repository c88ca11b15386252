using System.Globalization;
using System.Text;
using CsCheck;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Unit.Tests.Connectors;

public sealed class ResourceRulesTests
{
    private static ResourceDefinition Resource(ResourceFormat format, params string[] allowed)
    {
        Assert.True(Alias.TryParse("temp", out var alias));
        return new ResourceDefinition { Alias = alias, Format = format, Allowed = allowed, Settable = true };
    }

    private static StateValue Value(string text, ValueKind kind = ValueKind.Text) => new(Encoding.UTF8.GetBytes(text), kind);

    public sealed class Value_of_the_cloud
    {
        [Fact]
        [Spec("b.4/10")]
        [Spec("c.3/5")]
        public void Is_refused_in_Murano_s_words_when_the_resource_is_not_settable()
        {
            var failure = ResourceRules.Check(Resource(ResourceFormat.Number) with { Settable = false }, Value("not even a number"));

            Assert.Equal(new Failure.Rejected("not-settable", "temp", "Value is not settable"), failure);
        }

        [Theory]
        [Spec("c.3/2")]
        [Spec("c.3/8")]
        [InlineData(ResourceFormat.Number, "21.5", ValueKind.Number, true)]
        [InlineData(ResourceFormat.Number, "21.5", ValueKind.Text, true)]
        [InlineData(ResourceFormat.Number, "-1e3", ValueKind.Text, true)]
        [InlineData(ResourceFormat.Number, "warm", ValueKind.Text, false)]
        [InlineData(ResourceFormat.Number, "", ValueKind.Text, false)]
        [InlineData(ResourceFormat.Number, " 1", ValueKind.Text, false)]
        [InlineData(ResourceFormat.Number, "1,000", ValueKind.Text, false)]
        [InlineData(ResourceFormat.Number, "NaN", ValueKind.Text, false)]
        [InlineData(ResourceFormat.Number, "1\0", ValueKind.Text, false)]
        [InlineData(ResourceFormat.Number, "1e999", ValueKind.Number, false)]
        [InlineData(ResourceFormat.Number, "true", ValueKind.Boolean, false)]
        [InlineData(ResourceFormat.Boolean, "true", ValueKind.Boolean, true)]
        [InlineData(ResourceFormat.Boolean, "false", ValueKind.Text, true)]
        [InlineData(ResourceFormat.Boolean, "True", ValueKind.Text, false)]
        [InlineData(ResourceFormat.Boolean, "1", ValueKind.Number, false)]
        [InlineData(ResourceFormat.Boolean, "1", ValueKind.Text, false)]
        [InlineData(ResourceFormat.String, "", ValueKind.Text, true)]
        [InlineData(ResourceFormat.String, "7", ValueKind.Number, true)]
        [InlineData(ResourceFormat.String, "true", ValueKind.Boolean, true)]
        public void Must_be_of_the_format(ResourceFormat format, string text, ValueKind kind, bool fits) =>
            Assert.Equal(fits ? null : "bad-format", ResourceRules.Check(Resource(format), Value(text, kind))?.Reason);

        [Theory]
        [Spec("c.3/4")]
        [InlineData("\"0:100\"", "0", true)]
        [InlineData("\"0:100\"", "100.0", true)]
        [InlineData("\"0:100\"", "100.01", false)]
        [InlineData("\"9-11\"", "9", true)]
        [InlineData("\"9-11\"", "11", true)]
        [InlineData("\"9-11\"", "12", false)]
        [InlineData("\"-5--1\"", "-5", true)]
        [InlineData("\"-5--1\"", "0", false)]
        [InlineData("\"-5-3\"", "2", true)]
        [InlineData("\"1e-3-1e-2\"", "0.005", true)]
        [InlineData("7", "7.00", true)]
        [InlineData("\"7\"", "7e0", true)]
        [InlineData("7", "8", false)]
        [InlineData("9007199254740993", "9007199254740992", false)]
        public void Must_be_within_what_a_number_may_be(string allowed, string text, bool fits) =>
            Assert.Equal(fits ? null : "not-allowed", ResourceRules.Check(Resource(ResourceFormat.Number, allowed), Value(text))?.Reason);

        [Fact]
        [Spec("c.3/4")]
        public void Fits_when_any_entry_fits()
        {
            var resource = Resource(ResourceFormat.Number, "\"0:10\"", "20");

            Assert.Null(ResourceRules.Check(resource, Value("20")));
            Assert.Equal("not-allowed", ResourceRules.Check(resource, Value("15"))?.Reason);
        }

        [Fact]
        [Spec("c.3/4")]
        public void Is_compared_as_text_unless_it_is_a_number()
        {
            Assert.Null(ResourceRules.Check(Resource(ResourceFormat.String, "\"9-11\"", "1", "true"), Value("9-11")));
            Assert.Null(ResourceRules.Check(Resource(ResourceFormat.String, "\"9-11\"", "1", "true"), Value("1", ValueKind.Number)));
            Assert.Equal("not-allowed", ResourceRules.Check(Resource(ResourceFormat.String, "\"9-11\"", "1"), Value("10"))?.Reason);
            Assert.Equal("not-allowed", ResourceRules.Check(Resource(ResourceFormat.Boolean, "true"), Value("false", ValueKind.Boolean))?.Reason);
        }

        [Fact]
        [Spec("c.3/8")]
        public void Has_at_most_64_KiB()
        {
            Assert.Null(ResourceRules.Check(Resource(ResourceFormat.String), Value(new string('x', StateLimits.MaxValueBytes))));
            Assert.IsType<Failure.TooLarge>(ResourceRules.Check(Resource(ResourceFormat.String), Value(new string('x', StateLimits.MaxValueBytes + 1))));
        }

        [Fact]
        public void Is_within_a_range_exactly_when_it_is_between_its_ends() =>
            Gen.Select(Gen.Int[-1000, 1000], Gen.Int[-1000, 1000], Gen.Int[-1000, 1000]).Sample((a, b, value) =>
            {
                var (low, high) = (Math.Min(a, b), Math.Max(a, b));
                var resource = Resource(ResourceFormat.Number, string.Create(CultureInfo.InvariantCulture, $"\"{low}:{high}\""));
                var dashed = Resource(ResourceFormat.Number, string.Create(CultureInfo.InvariantCulture, $"\"{low}-{high}\""));
                var text = Value(value.ToString(CultureInfo.InvariantCulture));
                var within = low <= value && value <= high;

                return ResourceRules.Check(resource, text) is null == within && ResourceRules.Check(dashed, text) is null == within;
            });

        [Fact]
        public void Never_throws_whatever_it_is() =>
            Gen.Select(Gen.String, Gen.Enum<ResourceFormat>(), Gen.Enum<ValueKind>()).Sample((text, format, kind) =>
                ResourceRules.Check(Resource(format, "\"0:1\"", "1", "true"), Value(text, kind)) is null or Failure.Rejected);
    }

    public sealed class Definition
    {
        [Theory]
        [Spec("c.3/4")]
        [InlineData(ResourceFormat.Number, "\"a:b\"")]
        [InlineData(ResourceFormat.Number, "\"10:1\"")]
        [InlineData(ResourceFormat.Number, "\"\"")]
        [InlineData(ResourceFormat.Number, "true")]
        [InlineData(ResourceFormat.Boolean, "\"yes\"")]
        [InlineData(ResourceFormat.Boolean, "1")]
        public void Has_no_allowed_value_that_nothing_could_be(ResourceFormat format, string allowed) =>
            Assert.Equal("bad-allowed", ResourceRules.Check(Resource(format, allowed))?.Reason);

        [Theory]
        [Spec("c.3/6")]
        [InlineData("5", true, true)]
        [InlineData("5", false, false)]
        [InlineData("50", true, false)]
        [InlineData("warm", true, false)]
        public void Has_an_initial_value_only_if_the_cloud_could_set_it(string initial, bool settable, bool fits)
        {
            var resource = Resource(ResourceFormat.Number, "\"0:10\"") with { Settable = settable, Initial = initial };

            Assert.Equal(fits ? null : "bad-initial", ResourceRules.Check(resource)?.Reason);
        }
    }
}
