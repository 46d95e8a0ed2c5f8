namespace Engine.Models;

/// <summary>What was measured of one contestant: milliseconds per run, memory in MB, milliseconds from process start to first output.</summary>
internal sealed record Timing(string Name, double Min, double Median, double PeakMegabytes, double? ColdStart)
{
    internal static Timing Of(string name, List<double> times, double peakMegabytes, double? coldStart)
    {
        times.Sort();
        return new(name, times[0], times[times.Count / 2], peakMegabytes, coldStart);
    }
}
