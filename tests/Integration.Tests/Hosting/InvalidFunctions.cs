using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Functions.Warmup;

namespace Murano.Integration.Tests.Hosting;

internal static class InvalidFunctions
{
    internal static class Twice
    {
        [Function("Same")]
        public static IResult One([HttpTrigger(AuthorizationLevel.Anonymous, Route = "one")] HttpRequest request) => TypedResults.Text(request.Path);

        [Function("SAME")]
        public static IResult Two([HttpTrigger(AuthorizationLevel.Anonymous, Route = "two")] HttpRequest request) => TypedResults.Text(request.Path);
    }

    internal static class EmptyRoute
    {
        [Function("Root")]
        public static IResult Root([HttpTrigger(AuthorizationLevel.Anonymous, Route = "")] HttpRequest request) => TypedResults.Text(request.Path);
    }

    internal static class SlashRoute
    {
        [Function("Root")]
        public static IResult Root([HttpTrigger(AuthorizationLevel.Anonymous, Route = "/")] HttpRequest request) => TypedResults.Text(request.Path);
    }

    internal static class BadRoute
    {
        [Function("Bad")]
        public static IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b")] HttpRequest request) => TypedResults.Text(request.Path);
    }

    internal static class ReservedRoute
    {
        [Function("Bad")]
        public static IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, Route = "admin/x")] HttpRequest request) => TypedResults.Text(request.Path);
    }

    internal static class ForeignParameter
    {
        [Function("Bad")]
        public static IResult Bad([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a")] HttpRequest request, string query) => TypedResults.Text(request.Path + query);
    }

    internal static class NoTrigger
    {
        [Function("Bad")]
        public static IResult Bad(HttpRequest request) => TypedResults.Text(request.Path);
    }

    internal static class WarmupOfAnotherName
    {
        [Function("Bad")]
        public static void Bad([WarmupTrigger] object context) => ArgumentNullException.ThrowIfNull(context);
    }

    internal static class WarmupThatAnswers
    {
        [Function("Warmup")]
        public static bool Bad([WarmupTrigger] object context) => context is not null;
    }

    internal static class BadSchedule
    {
        [Function("Bad")]
        public static void Bad([TimerTrigger("*/5 * * * *")] TimerInfo timer) => ArgumentNullException.ThrowIfNull(timer);
    }
}
