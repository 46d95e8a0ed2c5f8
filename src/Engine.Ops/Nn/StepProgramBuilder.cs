using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Tensors;
using static Engine.Ops.Nn.StepProgram;

namespace Engine.Ops.Nn;

/// <summary>Makes the program of a loop over steps for arguments of known shapes.</summary>
internal sealed unsafe class StepProgramBuilder
{
    private readonly StepLoop loop;
    private readonly StepProgram program;
    private readonly Dictionary<(RewriteValue Weights, long First, bool Before), object> packed;
    private readonly Dictionary<RewriteValue, int> values = [];
    private readonly Dictionary<RewriteValue, int> uses = [];

    private StepProgramBuilder(StepLoop loop, StepProgram program, Dictionary<(RewriteValue, long, bool), object> packed)
    {
        (this.loop, this.program, this.packed) = (loop, program, packed);
        foreach (var node in loop.Inside.Nodes)
        {
            for (var i = 0; i < node.InputCount; i++)
                Use(node.Input(i));
        }
        for (var i = 0; i < loop.Inside.VariableCount; i++)
            Use(loop.Inside.Result(i));
    }

    /// <summary>The program, or null where something in the loop's body is of another kind.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="shapes">The shapes of its arguments, of lists and arrays those of their elements.</param>
    /// <param name="packed">Weights that were packed before.</param>
    internal static StepProgram? Build(StepLoop loop, Shape[] shapes, Dictionary<(RewriteValue, long, bool), object> packed)
    {
        var batch = 0L;
        foreach (var (source, _) in loop.Reads)
        {
            if (shapes[source].Rank < 1 || shapes[source][0] < 1 || (batch > 0 && shapes[source][0] != batch))
                return null;
            batch = shapes[source][0];
        }
        var program = new StepProgram(shapes, batch);
        return new StepProgramBuilder(loop, program, packed).Build() ? program : null;
    }

    private bool Build()
    {
        var states = new int[loop.Roles.Length];
        for (var i = 0; i < states.Length; i++)
        {
            if (loop.Roles[i] != StepLoop.Role.State)
                continue;
            if (program.Shapes[i] is not { Rank: 2 } shape || shape[0] != program.Batch)
                return false;
            states[i] = Result(shape[1], before: false);
            program.States.Add((i, states[i], -1));
        }
        for (var i = 0; i < program.States.Count; i++)
        {
            var (variable, old, _) = program.States[i];
            // A state that becomes another one's old value would depend on the order of copying.
            if (Get(loop.Results[variable].Value) is not { } next || !IsRows(next) || program.Values[next].Columns != program.Values[old].Columns || program.States.Exists(s => s.Old == next))
                return false;
            program.States[i] = (variable, old, next);
        }
        for (var i = 0; i < states.Length; i++)
        {
            if (loop.Roles[i] is not (StepLoop.Role.List or StepLoop.Role.Array))
                continue;
            if (Get(loop.Results[i].Value) is not { } element || !IsRows(element))
                return false;
            program.Collected.Add((i, element));
        }
        foreach (var i in program.Steps)
            program.Cost += i.Kind == Kind.Product ? i.Weights!.Products / 16 : 10 + (program.Values[i.Z].Columns * (i.Kind == Kind.Function ? i.Function.Cost : 1) / 8);
        return true;
    }

    private void Use(RewriteValue value) => uses[value] = uses.GetValueOrDefault(value) + 1;

    private bool IsRows(int value) => !program.Values[value].IsShared;

    private int? Get(RewriteValue value)
    {
        value = StepLoop.Plain(value);
        if (values.TryGetValue(value, out var known))
            return known;
        if (Make(value) is not { } made)
            return null;
        values[value] = made;
        return made;
    }

    private int? Make(RewriteValue value)
    {
        if (value.Type != DType.Float32)
            return null;
        if (value.Constant is { } constant)
        {
            var isRow = constant.Rank == 1 || (constant.Rank == 2 && constant.Shape[0] == 1);
            return constant.Count == 1 ? Add(new(Place.Constant, 0, 0, 0, 1, 0, true, constant.Share()))
                : isRow && constant.Count > 0 ? Add(new(Place.Constant, 0, 0, 0, constant.Count, 0, false, constant.Share())) : null;
        }
        if (LoopInside.Argument(value) is var argument and >= 0)
            return Argument(argument);
        switch (value.Op)
        {
            case "TensorListGetItem" or "TensorArrayReadV3":
                var read = StepLoop.ReadOf(value);
                return program.Shapes[read.Source] is { Rank: 2, Count: > 0 } shape ? Add(new(Place.Read, loop.Reads.IndexOf(read), 0, 0, shape[1], shape[1], false, null)) : null;
            case "MatMul":
                return Product(value);
            case "Add" or "AddV2":
                return Sum(value.Input(0), value.Input(1)) ?? Sum(value.Input(1), value.Input(0)) ?? Binary(value.Op, Get(value.Input(0)), Get(value.Input(1)));
            case "BiasAdd":
                return value.Node.Attr("data_format").AsString() == "NCHW" || Get(value.Input(1)) is not { } bias || IsRows(bias) ? null : Binary("AddV2", Get(value.Input(0)), bias);
            case "Split":
                return Get(value.Input(1)) is { } whole && StepLoop.Number(value.Input(0)) is 1 or -1 ? Part(value, whole) : null;
            case "SplitV":
                return Get(value.Input(0)) is { } all && StepLoop.Number(value.Input(2)) is 1 or -1 && StepLoop.Plain(value.Input(1)).Constant is { Type: DType.Int32, Rank: 1 } sizes
                    ? Part(value, all, sizes.AsSpan<int>()) : null;
            case "ConcatV2":
                return Concatenation(value);
            case "Select" or "SelectV2":
                return Choice(value);
            case "LeakyRelu":
                return Binary(value.Op, Get(value.Input(0)), Add(new(Place.Constant, 0, 0, 0, 1, 0, true, Tensor.Scalar(value.Node.Attr("alpha").AsFloat()))));
            default:
                return value.InputCount == 1 ? Binary(value.Op, Get(value.Input(0)), null, isUnary: true) : value.InputCount == 2 ? Binary(value.Op, Get(value.Input(0)), Get(value.Input(1))) : null;
        }
    }

    private int? Argument(int argument)
    {
        if (argument < loop.Roles.Length && loop.Roles[argument] == StepLoop.Role.State)
            return program.States.Find(s => s.Variable == argument).Old;
        if (!loop.Stays(argument))
            return null;
        var shape = program.Shapes[argument];
        return shape.Rank == 2 && shape[0] == program.Batch && shape[1] > 0 ? Add(new(Place.Argument, argument, 0, 0, shape[1], shape[1], false, null))
            : shape.Rank == 1 && shape[0] > 1 ? Add(new(Place.Argument, argument, 0, 0, shape[0], 0, false, null))
            : shape.Rank == 0 ? Add(new(Place.Argument, argument, 0, 0, 1, 0, true, null)) : null;
    }

    private int Add(Value value)
    {
        program.Values.Add(value);
        return program.Values.Count - 1;
    }

    private int Result(long columns, bool before)
    {
        var row = StepWeights.RowLength(columns);
        var made = Add(new(before ? Place.Steps : Place.Step, 0, before ? program.StepsRoom : program.StepRoom, 0, columns, row, false, null));
        if (before)
            program.StepsRoom += row;
        else
            program.StepRoom += row;
        return made;
    }

    // Whether a result of these depends on the step's inputs alone.
    private bool ComesBefore(params ReadOnlySpan<int> operands)
    {
        var moves = false;
        foreach (var o in operands)
        {
            if (!program.Values[o].Moves && IsRows(o))
                return false;
            moves |= program.Values[o].Moves;
        }
        return moves;
    }

    private int Emit(Instruction instruction, bool before)
    {
        (before ? program.Before : program.Steps).Add(instruction);
        return instruction.Z;
    }

    private int? Binary(string op, int? left, int? right, bool isUnary = false)
    {
        if (left is not { } x || (right is null && !isUnary) || ElementwiseFunction.Find(op) is not { } function || function.Operands != (isUnary ? 1 : 2))
            return null;
        var y = right ?? x;
        var (a, b) = (program.Values[x], program.Values[y]);
        if ((a.IsShared && b.IsShared) || (!a.IsNumber && !b.IsNumber && a.Columns != b.Columns))
            return null;
        var before = ComesBefore(x, y);
        var z = Result(a.IsNumber ? b.Columns : a.Columns, before);
        var row = program.Values[z].Row;
        var isFlat = (a.IsNumber || a.Row == row) && (b.IsNumber || b.Row == row);
        return Emit(new(Kind.Function, x, y, z) { Function = function, IsFlat = isFlat }, before);
    }

    private int? Part(RewriteValue value, int whole, ReadOnlySpan<int> sizes = default)
    {
        var source = program.Values[whole];
        var count = value.Node.OutputTypes.Count;
        if (source.IsNumber || (sizes.Length == 0 ? source.Columns % count != 0 : sizes.Length != count))
            return null;
        var (first, columns) = (source.Columns / count * value.Index, source.Columns / count);
        if (sizes.Length > 0)
        {
            // One size may be left open: the rest.
            var known = 0L;
            foreach (var size in sizes)
                known += Math.Max(0, size);
            var end = 0L;
            for (var i = 0; i <= value.Index; i++)
            {
                columns = sizes[i] < 0 ? source.Columns - known : sizes[i];
                first = end;
                end += columns;
            }
            if (columns < 1 || end > source.Columns)
                return null;
        }
        return Add(source with { Column = source.Column + first, Columns = columns });
    }

    private int? Concatenation(RewriteValue value)
    {
        if (Pieces(value) is not { } parts)
            return null;
        var before = ComesBefore([.. parts]);
        var z = Result(parts.Sum(p => program.Values[p].Columns), before);
        var first = 0L;
        foreach (var part in parts)
        {
            var to = Add(program.Values[z] with { Column = first, Columns = program.Values[part].Columns });
            Emit(new(Kind.Copy, part, part, to), before);
            first += program.Values[part].Columns;
        }
        return z;
    }

    // What is joined along the columns.
    private List<int>? Pieces(RewriteValue value)
    {
        if (StepLoop.Number(value.Input(value.InputCount - 1)) is not (1 or -1))
            return null;
        var parts = new List<int>();
        for (var i = 0; i < value.InputCount - 1; i++)
        {
            if (Get(value.Input(i)) is not { } part || !IsRows(part))
                return null;
            parts.Add(part);
        }
        return parts;
    }

    // A product that begins with what it would be added to.
    private int? Sum(RewriteValue product, RewriteValue addend)
        => product.Op == "MatMul" && !values.ContainsKey(product) && uses.GetValueOrDefault(product) == 1 && Get(addend) is { } start ? Product(product, start) : null;

    // A product with rows that are put together is a sum of products: part of it may be the same in all steps.
    private int? Product(RewriteValue value, int? start = null)
    {
        var (left, weights) = (StepLoop.Plain(value.Input(0)), StepLoop.Plain(value.Input(1)));
        if (value.Node.Attr("transpose_a").AsBool() || weights.Constant is not { Rank: 2, Type: DType.Float32, Count: > 0 } matrix)
            return null;
        var transposed = value.Node.Attr("transpose_b").AsBool();
        var (depth, columns) = transposed ? (matrix.Shape[1], matrix.Shape[0]) : (matrix.Shape[0], matrix.Shape[1]);
        var parts = left.Op == "ConcatV2" ? Pieces(left) : Get(left) is { } single && IsRows(single) ? [single] : null;
        if (parts is null || parts.Sum(p => program.Values[p].Columns) != depth)
            return null;
        if (start is { } given && !IsStart(given, columns))
            return null;
        var first = 0L;
        var sum = start;
        foreach (var x in parts)
        {
            // Where the sum begins in the step, so does every part of it.
            var before = ComesBefore(x) && (sum is null || program.Values[sum.Value].Place == Place.Steps);
            var rows = program.Values[x].Columns;
            var view = MatrixView<float>.Dense(matrix.Pointer<float>(), depth, columns, transposed);
            view = new MatrixView<float>(view.At(first, 0), view.RowStride, view.ColumnStride);
            ref var found = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(packed, (value, first, before), out _);
            found ??= before ? new PackedMatrix<float>(view, rows, columns) : new StepWeights(view, rows, columns);
            var z = Emit(new(Kind.Product, x, before ? x : sum ?? x, Result(columns, before)) { Weights = found as StepWeights, Packed = found as PackedMatrix<float> }, before);
            sum = before && sum is not null ? Binary("AddV2", sum, z) : z;
            first += rows;
        }
        return sum;
    }

    // Whether sums can begin with rows: those that are as far apart as theirs.
    private bool IsStart(int value, long columns) => program.Values[value] is { Column: 0 } v && v.Columns == columns && v.Row == StepWeights.RowLength(columns) && v.Place is Place.Steps or Place.Step;

    private int? Choice(RewriteValue value)
    {
        var condition = StepLoop.Plain(value.Input(0));
        var isRepeated = condition.Op == "Tile";
        if (isRepeated)
        {
            if (StepLoop.Plain(condition.Input(1)).Constant is not { Type: DType.Int32, Count: 2 } times || times.AsSpan<int>()[0] != 1)
                return null;
            isRepeated = times.AsSpan<int>()[1] > 1;
            if (Get(value.Input(1)) is not { } wide || (isRepeated && times.AsSpan<int>()[1] != program.Values[wide].Columns))
                return null;
            condition = StepLoop.Plain(condition.Input(0));
        }
        if (Get(value.Input(1)) is not { } x || Get(value.Input(2)) is not { } y || !IsRows(x) || !IsRows(y) || program.Values[x].Columns != program.Values[y].Columns)
            return null;
        // A number per row is what Select takes; SelectV2 takes a column.
        var isVector = MaskOf(condition, out var mask);
        if (mask < 0 || isVector != (value.Op == "Select" && !isRepeated) || (value.Op == "Select" && !isVector && !isRepeated && program.Values[x].Columns != 1))
            return null;
        var before = ComesBefore(x, y);
        return Emit(new(Kind.Choose, x, y, Result(program.Values[x].Columns, before)) { Mask = mask }, before);
    }

    // Finds a mask; true if it is a vector, false if it is a column.
    private bool MaskOf(RewriteValue value, out int index)
    {
        index = -1;
        Mask mask;
        var isVector = true;
        if (StepLoop.IsRead(value) && value.Type == DType.Bool)
        {
            var read = StepLoop.ReadOf(value);
            var shape = program.Shapes[read.Source];
            if (shape.Rank > 2 || (shape.Rank == 2 && shape[1] != 1))
                return false;
            isVector = shape.Rank == 1;
            mask = new(loop.Reads.IndexOf(read), -1, -1, false);
        }
        else if (value.Op is "GreaterEqual" or "Less" && value.Input(0).Type == DType.Int32)
        {
            var (counter, limits) = (StepLoop.Argument(value.Input(0)), StepLoop.Argument(value.Input(1)));
            if (!loop.Counts(counter) || !loop.Stays(limits) || program.Shapes[limits] is not { Rank: 1 } shape || shape[0] != program.Batch)
                return false;
            mask = new(-1, counter, limits, value.Op == "Less");
        }
        else
        {
            return false;
        }
        index = program.Masks.IndexOf(mask);
        if (index < 0)
        {
            index = program.Masks.Count;
            program.Masks.Add(mask);
        }
        return isVector;
    }
}
