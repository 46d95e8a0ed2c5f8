using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of one step of an LSTM: of the old cell's state, the gates' sums and the peepholes.</summary>
[Op("LSTMBlockCellGrad")]
internal sealed class LSTMBlockCellGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (batch, units) = (c.Input(0, 2)[0], c.Input(1, 2)[1]);
        c.SetOutput(0, new PartialShape(batch, units));
        c.SetOutput(1, new PartialShape(batch, units < 0 ? -1 : units * 4));
        for (var i = 2; i < 5; i++)
            c.SetOutput(i, PartialShape.Vector(units));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new CellKernel(new LstmBlock(node));

    private sealed unsafe class CellKernel(LstmBlock block) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var (batch, _, units) = block.Sizes(context, 0, 2);
            for (var i = 8; i < 16; i++)
                LstmBlock.Check($"Input {i}", context.Input(i), batch, units);
            var (inputs, outputs, forward) = (new FloatTensor[16], new FloatTensor[5], new float*[6]);
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = FloatTensor.Of(context.Input(i));
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = FloatTensor.New(context, i, i == 0 ? new Shape(batch, units) : i == 1 ? new Shape(batch, units * 4L) : new Shape(units));
            for (var i = 0; i < forward.Length; i++)
                forward[i] = inputs[8 + i].Pointer;
            block.StepBack(batch, units, inputs[1].Pointer, forward, inputs[4].Pointer, inputs[5].Pointer, inputs[6].Pointer, inputs[14].Pointer, inputs[15].Pointer,
                outputs[1].Pointer, outputs[0].Pointer, outputs[2].Pointer, outputs[3].Pointer, outputs[4].Pointer);
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
