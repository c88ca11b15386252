using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Owner.Events;

public sealed class MuranoReceiver(IConfiguration settings, TableClient latest)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    [Function("MuranoEvents")]
    public async Task<IResult> Receive([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "murano-events")] HttpRequest request)
    {
        var body = (await BinaryData.FromStreamAsync(request.Body)).ToArray();
        if (!IsGenuine(request.Headers, body))
        {
            return TypedResults.Unauthorized();
        }

        var happened = JsonSerializer.Deserialize<JsonElement>(body);
        if (!happened.TryGetProperty("subject", out var device))
        {
            return TypedResults.NoContent(); // murano.test
        }

        // What has been worked on, or is older than that, comes again after a lost reply or from the dead letters.
        var row = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(device.GetString()!)));
        var sequence = happened.GetProperty("sequence").GetString()!;
        var last = await latest.GetEntityIfExistsAsync<TableEntity>(row, row);
        if (last.HasValue && string.CompareOrdinal(sequence, last.Value!.GetString("Sequence")) <= 0)
        {
            return TypedResults.NoContent();
        }

        await WorkOnAsync(happened.GetProperty("type").GetString()!, device.GetString()!, happened.GetProperty("data"));

        // Last of all: what fails before comes again.
        await latest.UpsertEntityAsync(new TableEntity(row, row) { ["Sequence"] = sequence });
        return TypedResults.NoContent();
    }

    // Your code. It may see an event twice, so doing it twice must be as good as doing it once.
    private static Task WorkOnAsync(string type, string device, JsonElement data)
    {
        Console.WriteLine($"{type} of {device}: {data}");
        return Task.CompletedTask;
    }

    private bool IsGenuine(IHeaderDictionary headers, byte[] body)
    {
        var secret = Convert.FromBase64String(settings["MuranoSecret"]!["whsec_".Length..]);
        var (id, sent) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{sent}."), .. body];
        var expected = Encoding.UTF8.GetBytes($"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}");
        return long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds
            && headers["webhook-signature"].ToString().Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
    }
}
