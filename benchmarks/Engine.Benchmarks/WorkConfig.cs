using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace Engine.Benchmarks;

/// <summary>A configuration with a <see cref="WorkColumn"/>.</summary>
internal static class WorkConfig
{
    internal static IConfig Of(string column, Func<BenchmarkCase, double> work) => ManualConfig.CreateEmpty().AddColumn(new WorkColumn(column, work));
}
