using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The steps of an LSTM over a sequence, with their gates; zeros after the given length.</summary>
[Op("BlockLSTM", "BlockLSTMV2")]
internal sealed class BlockLSTM : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var x = c.Input(1, 3);
        var units = c.Input(8, 1)[0];
        if (units >= 0 && units % 4 != 0)
            throw c.Fail($"Dimension size must be evenly divisible by 4 but is {units}");
        for (var i = 0; i < 7; i++)
            c.SetOutput(i, new PartialShape(x[0], x[1], units < 0 ? -1 : units / 4));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new SequenceKernel(new LstmBlock(node));

    public static Gradient?[] Gradient(GradientContext g)
    {
        var op = g.Node.Op == "BlockLSTM" ? "BlockLSTMGrad" : "BlockLSTMGradV2";
        var node = g.NewNode(op);
        for (var i = 0; i < 9; i++)
            node.Input(g.Input(i));
        for (var i = 0; i < 7; i++)
            node.Input(g.Output(i));
        var gradients = node.Input(g.OutputGradient(1)).Input(g.OutputGradient(6)).Attr("use_peephole", g.Attr("use_peephole")).Build();
        return [null, gradients[0], gradients[1], gradients[2], gradients[3], gradients[4], gradients[5], gradients[6], gradients[7]];
    }

    /// <summary>How many steps count, of those that x has.</summary>
    internal static long Length(KernelContext context)
    {
        var length = context.Input(0);
        if (length.Rank != 0)
            throw EngineException.InvalidArgument($"`seq_len_max_tensor` must be rank 0 but is rank {length.Rank}");
        var (steps, all) = (length.AsSpan<long>()[0], context.Input(1).Shape[0]);
        return steps >= 0 && steps <= all ? steps : throw EngineException.InvalidArgument($"seq_len_max must be in [0, {all}], but is {steps}");
    }

    private sealed unsafe class SequenceKernel(LstmBlock block) : Kernel
    {
        public override bool IsSequential => true;

        public override void Compute(KernelContext context)
        {
            var (batch, depth, units) = block.Sizes(context, 1, 3);
            var steps = Length(context);
            var (inputs, outputs, pointers) = (new FloatTensor[9], new FloatTensor[7], new float*[7]);
            for (var i = 1; i < inputs.Length; i++)
                inputs[i] = FloatTensor.Of(context.Input(i));
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = FloatTensor.New(context, i, new Shape(context.Input(1).Shape[0], batch, units));
            var size = (long)batch * units;
            using (var gates = new Scratch<float>(size * 4))
            {
                for (var t = 0L; t < steps && size > 0; t++)
                {
                    for (var i = 0; i < pointers.Length; i++)
                        pointers[i] = outputs[i].Pointer + (t * size);
                    block.Step(batch, depth, units, inputs[1].Pointer + (t * batch * depth), t == 0 ? inputs[2].Pointer : pointers[1] - size, t == 0 ? inputs[3].Pointer : pointers[6] - size,
                        inputs[4].Pointer, inputs[5].Pointer, inputs[6].Pointer, inputs[7].Pointer, inputs[8].Pointer, pointers, gates.Pointer, context.Workers);
                    outputs[1].Round(t * size, size);
                    outputs[6].Round(t * size, size);
                }
            }
            foreach (var output in outputs)
            {
                output.Save();
                output.Dispose();
            }
            foreach (var input in inputs)
                input.Dispose();
        }
    }
}
