using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Murano.LocalHost.Timers;

/// <summary>A function that runs on a schedule.</summary>
internal sealed record TimerFunction(string Name, MethodInfo Method, TimerSchedule Schedule, bool UseMonitor, bool RunOnStartup)
{
    /// <summary>Reads a function from its attribute.</summary>
    public static TimerFunction Create(string name, MethodInfo method, TimerTriggerAttribute trigger)
    {
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType != typeof(TimerInfo) && parameter.ParameterType != typeof(CancellationToken))
            {
                throw new LocalHostException($"Function '{name}' has the parameter '{parameter.Name}', which the platform cannot fill: it is neither a TimerInfo nor a CancellationToken.");
            }
        }

        if (method.ReturnType != typeof(void) && method.ReturnType != typeof(Task))
        {
            throw new LocalHostException($"Function '{name}' runs on a timer and must return Task or nothing.");
        }

        return TimerSchedule.TryParse(trigger.Schedule, out var schedule)
            ? new(name, method, schedule, trigger.UseMonitor, trigger.RunOnStartup)
            : throw new LocalHostException($"Function '{name}' has the schedule '{trigger.Schedule}', which is neither a cron expression of six fields nor a time span.");
    }
}
