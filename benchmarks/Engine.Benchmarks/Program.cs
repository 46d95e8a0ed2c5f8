using BenchmarkDotNet.Running;
using Engine.Benchmarks.Gemm;

// "peak" compares the matrix product with the core's limit in a few seconds; everything else is BenchmarkDotNet's command line.
if (args is ["peak", ..])
    return PeakComparison.Run();
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
