using System.ComponentModel.DataAnnotations;

namespace Murano.Shared.Storage;

/// <summary>Where rows and blobs are kept. Settings <c>AzureWebJobsStorage</c> (or <c>AzureWebJobsStorage__tableServiceUri</c> and its siblings) name the account; these shape its use.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>Put in front of each table's and container's name, so that several installations can share an account: letters and digits, the first a letter; at most 22 characters, because a container's name has at most 63.</summary>
    [RegularExpression("^([A-Za-z][A-Za-z0-9]{0,21})?$", ErrorMessage = "Storage:TablePrefix must be empty, or a letter followed by at most 21 letters and digits.")]
    public string TablePrefix { get; set; } = "murano";

    /// <summary>Longest time for one try of one storage request. A device waits for it, so it is far below the SDK's own 100 s. 1 to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30", ErrorMessage = "Storage:Timeout must be from 00:00:01 to 00:00:30.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Further tries after a failed one. 0 to 5.</summary>
    [Range(0, 5, ErrorMessage = "Storage:Retries must be from 0 to 5.")]
    public int Retries { get; set; } = 2;
}
