using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Murano.Functions.DeviceApi;
using Murano.Shared;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>What a device is told of a refusal.</summary>
internal static class Replies
{
    private static readonly ConcurrentDictionary<Failure, int> Known = new();

    /// <summary>Fails unless a refusal blames the request, as all refusals of parsers do.</summary>
    public static void Blame(Failure failure) => Assert.InRange(Known.GetOrAdd(failure, StatusOf), 400, 499);

    private static int StatusOf(Failure failure)
    {
        var context = new DefaultHttpContext();
        Assert.True(DeviceReply.For(failure).ExecuteAsync(context).IsCompletedSuccessfully);
        return context.Response.StatusCode;
    }
}
