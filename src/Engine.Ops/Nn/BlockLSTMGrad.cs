using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of the steps of an LSTM over a sequence, from the last step to the first.</summary>
[Op("BlockLSTMGrad", "BlockLSTMGradV2")]
internal sealed class BlockLSTMGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        ReadOnlySpan<int> ranks = [3, 2, 2, 2, 1, 1, 1, 1];
        for (var i = 0; i < ranks.Length; i++)
            c.SetOutput(i, c.Input(i + 1, ranks[i]));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new SequenceKernel(new LstmBlock(node));

    private sealed unsafe class SequenceKernel(LstmBlock block) : Kernel
    {
        public override bool IsSequential => true;

        public override void Compute(KernelContext context)
        {
            var (batch, depth, units) = block.Sizes(context, 1, 3);
            var steps = BlockLSTM.Length(context);
            for (var i = 9; i < 18; i++)
                LstmBlock.Check($"Input {i}", context.Input(i), context.Input(1).Shape[0], batch, units);
            var (inputs, outputs, forward) = (new FloatTensor[18], new FloatTensor[8], new float*[6]);
            for (var i = 1; i < inputs.Length; i++)
                inputs[i] = FloatTensor.Of(context.Input(i));
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = FloatTensor.New(context, i, context.Input(i + 1).Shape);
            var (size, columns, team) = ((long)batch * units, units * 4L, context.Workers);
            using (var memory = new Scratch<float>(size * 6))
            {
                var gates = memory.Pointer;
                var dC = gates + (size * 4);
                var dH = dC + size;
                float* x = inputs[1].Pointer, w = inputs[4].Pointer, dX = outputs[0].Pointer, dOldC = outputs[1].Pointer, dOldH = outputs[2].Pointer, dW = outputs[3].Pointer;
                for (var t = steps - 1; t >= 0 && size > 0; t--)
                {
                    for (var i = 0; i < forward.Length; i++)
                        forward[i] = inputs[9 + i].Pointer + (t * size);
                    // What comes from the step after this one is where the results of the first step end up.
                    for (var i = 0L; i < size; i++)
                    {
                        dC[i] = inputs[16].Pointer[(t * size) + i] + dOldC[i];
                        dH[i] = inputs[17].Pointer[(t * size) + i] + dOldH[i];
                    }
                    var oldC = t == 0 ? inputs[2].Pointer : inputs[10].Pointer + ((t - 1) * size);
                    var oldH = t == 0 ? inputs[3].Pointer : inputs[15].Pointer + ((t - 1) * size);
                    block.StepBack(batch, units, oldC, forward, inputs[5].Pointer, inputs[6].Pointer, inputs[7].Pointer, dC, dH, gates, dOldC, outputs[4].Pointer, outputs[5].Pointer, outputs[6].Pointer);
                    var ofGates = MatrixView<float>.Dense(gates, batch, columns);
                    MatrixProduct.Multiply(batch, depth, columns, ofGates, MatrixView<float>.Dense(w, depth, columns).Transposed, dX + (t * batch * depth), depth, false, team);
                    MatrixProduct.Multiply(batch, units, columns, ofGates, MatrixView<float>.Dense(w + (depth * columns), units, columns).Transposed, dOldH, units, false, team);
                    MatrixProduct.Multiply(depth, columns, batch, MatrixView<float>.Dense(x + (t * batch * depth), batch, depth).Transposed, ofGates, dW, columns, true, team);
                    MatrixProduct.Multiply(units, columns, batch, MatrixView<float>.Dense(oldH, batch, units).Transposed, ofGates, dW + (depth * columns), columns, true, team);
                    for (var i = 0L; i < batch * columns; i++)
                        outputs[7].Pointer[i % columns] += gates[i];
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
