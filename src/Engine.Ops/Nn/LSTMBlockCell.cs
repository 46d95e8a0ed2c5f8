using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>One step of an LSTM, with its gates.</summary>
[Op("LSTMBlockCell")]
internal sealed class LSTMBlockCell : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var batch = c.Input(0, 2)[0];
        var state = new PartialShape(batch, c.Input(1, 2)[1]);
        for (var i = 0; i < 7; i++)
            c.SetOutput(i, state);
    }

    public static Kernel CreateKernel(KernelBuilder node) => new CellKernel(new LstmBlock(node));

    private sealed unsafe class CellKernel(LstmBlock block) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var (batch, depth, units) = block.Sizes(context, 0, 2);
            var (inputs, outputs, pointers) = (new FloatTensor[8], new FloatTensor[7], new float*[7]);
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = FloatTensor.Of(context.Input(i));
            for (var i = 0; i < outputs.Length; i++)
            {
                outputs[i] = FloatTensor.New(context, i, new Shape(batch, units));
                pointers[i] = outputs[i].Pointer;
            }
            using (var gates = new Scratch<float>((long)batch * units * 4))
            {
                if (batch > 0 && units > 0)
                {
                    block.Step(batch, depth, units, inputs[0].Pointer, inputs[1].Pointer, inputs[2].Pointer, inputs[3].Pointer, inputs[4].Pointer, inputs[5].Pointer, inputs[6].Pointer,
                        inputs[7].Pointer, pointers, gates.Pointer, context.Workers);
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
