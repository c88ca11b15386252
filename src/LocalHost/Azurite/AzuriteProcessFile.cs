using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Murano.LocalHost.Azurite;

/// <summary>Tells from the file that an Azurite leaves while it runs whether it still does.</summary>
internal sealed class AzuriteProcessFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>How far the operating system's and Node's idea of a start may be apart; a process id is not taken again that fast.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Where the file is.</summary>
    public string Path => path;

    /// <summary>The id of the process that wrote the file and still runs; null when there is none.</summary>
    public int? FindRunning()
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Json);
            return content is not null && IsRunning(content) ? content.Pid : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // none, or it was killed while it wrote, which is before it opened any data
        }
    }

    private static bool IsRunning(Content content)
    {
        try
        {
            using var process = Process.GetProcessById(content.Pid);
            var apart = new DateTimeOffset(process.StartTime) - DateTimeOffset.FromUnixTimeMilliseconds(content.Started);
            return apart.Duration() < Tolerance && !IsZombie(content.Pid);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    // Where process 1 reaps nobody (a container) a process that ended keeps its id.
    private static bool IsZombie(int pid)
    {
        var file = $"/proc/{pid}/stat";
        if (!OperatingSystem.IsLinux() || !File.Exists(file))
        {
            return false;
        }

        var text = File.ReadAllText(file);
        return text.AsSpan(text.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
    }

    private sealed record Content(int Pid, long Started);
}
