using Microsoft.AspNetCore.Http;

namespace Murano.Functions.ManagementApi;

/// <summary>Where operators find things (specification b.1 to b.6, c.1). The host ignores a slash at the end.</summary>
internal static class ManagementRoutes
{
    /// <summary>Settings of a connector.</summary>
    public const string Settings = "api:1/service/{connector}/device2";

    /// <summary>One resource.</summary>
    public const string Resource = Settings + "/resource/{alias}";

    /// <summary>The identities.</summary>
    public const string Identities = Settings + "/identity";

    /// <summary>Many identities at once.</summary>
    public const string IdentityBatch = Settings + "/identities";

    /// <summary>Jobs.</summary>
    public const string Jobs = Settings + "/jobs";

    /// <summary>One job.</summary>
    public const string Job = Jobs + "/{job}";

    /// <summary>What became of a job's rows.</summary>
    public const string JobResults = Job + "/results";

    /// <summary>Delivery of events.</summary>
    public const string Events = Settings + "/events";

    /// <summary>A test of it.</summary>
    public const string EventTest = Events + "/test";

    /// <summary>The secret of a webhook.</summary>
    public const string EventSecret = Events + "/secret";

    /// <summary>Events that could not be delivered.</summary>
    public const string DeadLetters = Events + "/deadletters";

    /// <summary>To send many of them again.</summary>
    public const string DeadLettersRetry = DeadLetters + "/retry";

    /// <summary>One of them.</summary>
    public const string DeadLetter = DeadLetters + "/{id}";

    /// <summary>To send it again.</summary>
    public const string DeadLetterRetry = DeadLetter + "/retry";

    /// <summary>How many identities there are.</summary>
    public const string IdentityCount = IdentityBatch + "/count";

    /// <summary>One identity.</summary>
    public const string Identity = Identities + "/{identity}";

    /// <summary>The values of one identity.</summary>
    public const string State = Identity + "/state";

    /// <summary>The tags of one identity.</summary>
    public const string IdentityTags = Identity + "/tag";

    /// <summary>The values of one identity's tag.</summary>
    public const string IdentityTag = IdentityTags + "/{name}";

    /// <summary>The names of tags in use.</summary>
    public const string Tags = Settings + "/tag";

    /// <summary>The values of a tag in use.</summary>
    public const string Tag = Tags + "/{name}";

    /// <summary>Check of what is derived from the devices.</summary>
    public const string Check = Settings + "/check";

    /// <summary>Check for what is of no connector.</summary>
    public const string CheckAll = "api:1/check";

    /// <summary>The files.</summary>
    public const string ContentItems = Content + "/item";

    /// <summary>One file; slashes in its id are escaped.</summary>
    public const string ContentItem = ContentItems + "/{id}";

    /// <summary>Where one can be fetched.</summary>
    public const string ContentDownload = ContentItem + "/download";

    /// <summary>Where one can be sent.</summary>
    public const string ContentUpload = ContentItem + "/upload";

    /// <summary>Signed addresses of files lie here.</summary>
    public const string ContentSigned = Content + "/signed/{id}";

    private const string Content = "api:1/service/{connector}/content";

    /// <summary>Where the live log can be heard.</summary>
    public const string LogNegotiation = "api:1/service/{connector}/log/negotiate";

    /// <summary>Log-in.</summary>
    public const string Tokens = "api:1/token";

    /// <summary>One session.</summary>
    public const string Token = Tokens + "/{token}";

    /// <summary>The businesses of a user.</summary>
    public const string Membership = "api:1/user/{email}/membership";

    /// <summary>What a business has.</summary>
    public const string Overview = "api:1/business/{business}/overview";

    /// <summary>The solutions of a business: its connectors.</summary>
    public const string Solutions = "api:1/business/{business}/solution";

    /// <summary>One of them, as its business sees it.</summary>
    public const string BusinessSolution = Solutions + "/{solution}";

    /// <summary>One solution.</summary>
    public const string Solution = "api:1/solution/{solution}";

    /// <summary>How much of it is used.</summary>
    public const string Usage = Solution + "/usage";

    /// <summary>What a tool must know of its version.</summary>
    public const string Version = Solution + "/version";

    /// <summary>Its log.</summary>
    public const string Logs = Solution + "/logs";

    /// <summary>What an application would have here and a connector has not.</summary>
    public const string SolutionPart = Solution + "/{part}";

    /// <summary>Operators' keys.</summary>
    public const string Keys = "api:1/key";

    /// <summary>One of them.</summary>
    public const string Key = Keys + "/{key}";

    /// <summary>What operators did.</summary>
    public const string Audit = "api:1/audit";

    /// <summary>Whether an address is one of the content service's.</summary>
    public static bool IsContent(PathString path) =>
        path.Value?.Split('/') is ["", _, var service, _, var content, ..]
        && service.Equals("service", StringComparison.OrdinalIgnoreCase)
        && content.Equals("content", StringComparison.OrdinalIgnoreCase);
}
