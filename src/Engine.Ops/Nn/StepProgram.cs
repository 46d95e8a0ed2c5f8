using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// What a loop over steps computes, for arguments of known shapes: instructions that run once over the rows of all steps, because they depend on the inputs alone, and
/// instructions for each step. Operands are matrices with a row per row of the batch.
/// </summary>
internal sealed class StepProgram(Shape[] shapes, long batch)
{
    /// <summary>What an instruction does.</summary>
    internal enum Kind
    {
        Function,
        Product,
        Choose,
        Copy,
    }

    /// <summary>Where a matrix lies.</summary>
    internal enum Place
    {
        /// <summary>A tensor of the plan.</summary>
        Constant,

        /// <summary>An argument of the loop, the same in all steps.</summary>
        Argument,

        /// <summary>Elements that are read step by step, all of them in order.</summary>
        Read,

        /// <summary>Results for all steps.</summary>
        Steps,

        /// <summary>Results of one step, or a state.</summary>
        Step,
    }

    /// <summary>The shapes of the loop's arguments, of lists and arrays those of elements, as the program was made for them.</summary>
    internal Shape[] Shapes { get; } = shapes;

    internal long Batch { get; } = batch;

    /// <summary>Elements of a row of results of all steps, together.</summary>
    internal long StepsRoom { get; set; }

    /// <summary>Elements of a row of results of a step, together.</summary>
    internal long StepRoom { get; set; }

    internal List<Value> Values { get; } = [];

    /// <summary>Once, over the rows of all steps.</summary>
    internal List<Instruction> Before { get; } = [];

    /// <summary>In each step.</summary>
    internal List<Instruction> Steps { get; } = [];

    /// <summary>Masks, a truth for each row of each step.</summary>
    internal List<Mask> Masks { get; } = [];

    /// <summary>States: the loop variable, where it is kept, and what it becomes.</summary>
    internal List<(int Variable, int Old, int New)> States { get; } = [];

    /// <summary>What is collected: the loop variable and its element of a step.</summary>
    internal List<(int Variable, int Value)> Collected { get; } = [];

    /// <summary>Roughly the cycles of a step of one row.</summary>
    internal long Cost { get; set; }

    /// <summary>A matrix.</summary>
    /// <param name="Place">Where it lies.</param>
    /// <param name="Index">Which constant's, argument's or read's memory it is in.</param>
    /// <param name="Offset">Its first element there; of results, per row of the batch.</param>
    /// <param name="Column">Its first column.</param>
    /// <param name="Columns">Its columns.</param>
    /// <param name="Row">Distance of its rows; 0 where all are the same.</param>
    /// <param name="IsNumber">Whether it is a single number.</param>
    /// <param name="Tensor">The constant.</param>
    internal readonly record struct Value(Place Place, int Index, long Offset, long Column, long Columns, long Row, bool IsNumber, Tensor? Tensor)
    {
        /// <summary>Whether each step has rows of its own.</summary>
        internal bool Moves => Place is Place.Read or Place.Steps;

        /// <summary>Whether it is one row or number for all.</summary>
        internal bool IsShared => Row == 0;
    }

    /// <summary>z = f(x, y), of values; a product begins with y if that is not x.</summary>
    internal readonly record struct Instruction(Kind Kind, int X, int Y, int Z)
    {
        internal ElementwiseFunction Function { get; init; }

        /// <summary>Whether all rows can be taken for one.</summary>
        internal bool IsFlat { get; init; }

        /// <summary>The weights of a product in a step.</summary>
        internal StepWeights? Weights { get; init; }

        /// <summary>The weights of a product over all steps.</summary>
        internal PackedMatrix<float>? Packed { get; init; }

        /// <summary>The mask that chooses x where it is true.</summary>
        internal int Mask { get; init; }
    }

    /// <summary>A mask: read with a row's other inputs, or by comparing the step with a number per row.</summary>
    /// <param name="Read">Which read it is, or -1.</param>
    /// <param name="Counter">The variable that counts.</param>
    /// <param name="Limits">The argument with numbers.</param>
    /// <param name="IsLess">Whether the count must be less than the number; else not less.</param>
    internal readonly record struct Mask(int Read, int Counter, int Limits, bool IsLess);
}
