using System.ComponentModel.DataAnnotations;

namespace Murano.Shared.Access;

/// <summary>The one business that owns all connectors: Murano's tools look for one (specification b.2).</summary>
public sealed class BusinessOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Business";

    /// <summary>The id, as it stands in addresses: letters, digits and hyphens, at most 64.</summary>
    [RegularExpression("^[A-Za-z0-9-]{1,64}$", ErrorMessage = "Business:Id must be 1 to 64 letters, digits and hyphens.")]
    public string Id { get; set; } = "murano";

    /// <summary>The name shown to people.</summary>
    [StringLength(100, MinimumLength = 1, ErrorMessage = "Business:Name must have 1 to 100 characters.")]
    public string Name { get; set; } = "Murano";
}
