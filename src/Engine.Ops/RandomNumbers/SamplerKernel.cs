using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>
/// Samples for a tensor of parameters. A seeded op makes <c>shape</c> samples per parameter; a stateless op's shape ends with the parameters' and includes it.
/// </summary>
internal sealed unsafe class SamplerKernel<TParameter, TOutput, TSampler>(RandomSource source, int parameterInput, bool shapeIncludesParameters) : Kernel
    where TParameter : unmanaged, INumber<TParameter>
    where TOutput : unmanaged, INumber<TOutput>
    where TSampler : struct, ISampler
{
    public override void Compute(KernelContext context)
    {
        Tensor parameters = context.Input(parameterInput);
        Shape shape = IndexTensor.Shape(context.Input(0), "shape");
        if (!shapeIncludesParameters)
            shape = shape.Concat(parameters.Shape);
        else if (shape.Rank < parameters.Rank || !shape.Dims[^parameters.Rank..].SequenceEqual(parameters.Shape.Dims))
            throw EngineException.InvalidArgument($"Shape passed in must end with broadcasted shape {parameters.Shape}, but is {shape}");
        Philox generator = source.Take(context, (UInt128)(ulong)shape.Count * RandomSource.BlocksPerNumber);
        Tensor output = context.Allocate(0, shape);
        if (output.Count == 0)
            return;
        var body = new Body(generator, parameters.Pointer<TParameter>(), parameters.Count, output.Count / parameters.Count, output.Pointer<TOutput>());
        context.Workers.Run(output.Count, 300, ref body);
    }

    /// <summary>Numbers are drawn parameter by parameter, but the parameter varies fastest in the output.</summary>
    private readonly struct Body(Philox generator, TParameter* parameters, long parameterCount, long samples, TOutput* output) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            TSampler sampler = default;
            long prepared = -1;
            for (long i = start; i < end; i++)
            {
                long parameter = i / samples;
                if (parameter != prepared)
                {
                    sampler.Prepare(double.CreateTruncating(parameters[parameter]));
                    prepared = parameter;
                }
                Philox own = generator.At((UInt128)(ulong)i * RandomSource.BlocksPerNumber);
                output[i % samples * parameterCount + parameter] = TOutput.CreateSaturating(sampler.Draw(own));
            }
        }
    }
}
