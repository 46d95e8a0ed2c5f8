using Engine.Graphs;
using Engine.Ops.ControlFlow;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>A loop over the steps of an LSTM or a GRU, found in a While as Keras writes it: which loop variable is what, and the weights.</summary>
internal sealed class RecurrentLoop
{
    private static readonly HashSet<string> Ops =
    [
        "Const", "Identity", "NoOp", "TensorListGetItem", "TensorListSetItem", "MatMul", "Add", "AddV2", "BiasAdd", "Split", "Sigmoid", "Tanh", "Mul", "Sub", "Less", "LogicalAnd",
        "SelectV2", "Select", "Tile",
    ];

    private readonly LoopFunction body;
    private readonly Func<int, DType> type;
    private readonly Func<int, Tensor?> constant;

    private RecurrentLoop(LoopFunction body, Func<int, DType> type, Func<int, Tensor?> constant)
    {
        this.body = body;
        this.type = type;
        this.constant = constant;
        Roles = new Role[body.ArgumentCount];
    }

    /// <summary>What becomes of a loop variable in a step.</summary>
    internal enum Role
    {
        Stays,
        Counts,
        Collects,
        State,
        Cell,
        Shown,
    }

    internal Role[] Roles { get; }

    /// <summary>Pairs of variables: the loop goes on while the first is less than the second.</summary>
    internal List<(int Value, int Limit)> Conditions { get; } = [];

    /// <summary>For each variable that collects results: the variable that says where, or -1 - the place.</summary>
    internal Dictionary<int, int> Places { get; } = [];

    /// <summary>The variable with the list of inputs.</summary>
    internal int List { get; private set; }

    /// <summary>The variable that says which input is next.</summary>
    internal int Time { get; private set; }

    /// <summary>The variable with the state, h, which is the output where nothing is masked.</summary>
    internal int State { get; private set; } = -1;

    /// <summary>The variable with the cell's state, c; -1 for a GRU.</summary>
    internal int Cell { get; private set; } = -1;

    /// <summary>The variable with the list of masks: where one is false, a row keeps its state; -1 for none.</summary>
    internal int Mask { get; private set; } = -1;

    /// <summary>What rows show that a mask leaves out: the variable with the last output, or one with what is shown instead; -1 for the state.</summary>
    internal int Rest { get; private set; } = -1;

    /// <summary>How often masks are repeated; each must be 1 or the number of units.</summary>
    internal HashSet<int> Repeats { get; } = [];

    internal bool IsLstm => Cell >= 0;

    /// <summary>For an LSTM the places of the input gate, forget gate, candidate, output gate; for a GRU of update, reset, candidate.</summary>
    internal int[] Order { get; private set; } = [];

    internal Tensor Weights { get; private set; } = null!;

    internal Tensor RecurrentWeights { get; private set; } = null!;

    internal Tensor? Bias { get; private set; }

    internal Tensor? RecurrentBias { get; private set; }

    /// <summary>The loop of a node, or null when it is none of these.</summary>
    /// <param name="node">A While, or what has its attributes.</param>
    /// <param name="variables">How many loop variables there are.</param>
    /// <param name="type">Their types.</param>
    /// <param name="constant">Their values where they are known when the plan is made.</param>
    internal static RecurrentLoop? Find(Node node, int variables, Func<int, DType> type, Func<int, Tensor?> constant)
    {
        var library = node.Graph.Library;
        if (library.Find(node.Attr("body").AsFunction().Name) is not { } body || library.Find(node.Attr("cond").AsFunction().Name) is not { } condition)
            return null;
        var (step, test) = (new LoopFunction(body), new LoopFunction(condition));
        if (!step.HasOnly(Ops) || !test.HasOnly(Ops) || step.ResultCount != variables || step.ArgumentCount != variables || test.ResultCount != 1)
            return null;
        var loop = new RecurrentLoop(step, type, constant);
        return test.Result(0) is { } verdict && loop.FindRoles() && loop.FindConditions(test, verdict) && loop.FindCell() ? loop : null;
    }

    private bool FindRoles()
    {
        for (var i = 0; i < Roles.Length; i++)
        {
            if (body.Result(i) is not { } result)
                return false;
            if (result.Node is null)
            {
                if (result.Argument != i)
                    return false;
                Roles[i] = Role.Stays;
            }
            else if (body.Pairs(result, "AddV2").Any(p => p.X.Argument == i && LoopFunction.Constant(p.Y) is { Count: 1, Type: DType.Int32 } one && one.AsSpan<int>()[0] == 1))
            {
                Roles[i] = Role.Counts;
            }
            else if (result.Op == "TensorListSetItem" && body.Input(result, 0) is { Node: null } list && list.Argument == i && body.Input(result, 1) is { } place)
            {
                Roles[i] = Role.Collects;
                Places[i] = place.Node is null ? place.Argument : LoopFunction.Constant(place) is { Count: 1, Type: DType.Int32 } at && at.AsSpan<int>()[0] >= 0 ? -1 - at.AsSpan<int>()[0] : int.MaxValue;
            }
            else if (type(i) != DType.Float32)
            {
                return false;
            }
            else
            {
                // What each of them is shows in the formula.
                Roles[i] = Role.State;
            }
        }
        return true;
    }

    private bool FindConditions(LoopFunction test, LoopValue verdict)
    {
        if (verdict.Op == "LogicalAnd")
            return test.Input(verdict, 0) is { } a && test.Input(verdict, 1) is { } b && FindConditions(test, a) && FindConditions(test, b);
        if (verdict.Op != "Less" || test.Input(verdict, 0) is not { Node: null } x || test.Input(verdict, 1) is not { Node: null } y
            || Roles[x.Argument] != Role.Counts || Roles[y.Argument] != Role.Stays || type(x.Argument) != DType.Int32)
            return false;
        Conditions.Add((x.Argument, y.Argument));
        return true;
    }

    private bool FindCell()
    {
        var states = Enumerable.Range(0, Roles.Length).Where(i => Roles[i] == Role.State).ToArray();
        foreach (var state in states)
        {
            var others = states.Where(i => i != state).ToArray();
            foreach (var cell in others.Prepend(-1))
            {
                (State, Cell, Mask, Rest, Bias, RecurrentBias) = (state, cell, -1, -1, null, null);
                Repeats.Clear();
                var rest = others.Where(i => i != cell).ToArray();
                if (rest.Length < 2 && (cell < 0 ? IsGruOf(state) : IsLstmOf(state, cell)) && IsMasked() && (rest.Length == 0 || IsRest(rest[0])) && IsCollected(rest)
                    && Repeats.All(r => r == 1 || r == RecurrentWeights.Shape[0]))
                {
                    if (cell >= 0)
                        Roles[cell] = Role.Cell;
                    if (rest.Length > 0)
                        Roles[rest[0]] = Role.Shown;
                    return true;
                }
            }
        }
        return false;
    }

    // All states are masked by the same, or none.
    private bool IsMasked()
    {
        var state = body.Result(State)!.Value;
        if (!IsSelect(state))
            return Cell < 0 || !IsSelect(body.Result(Cell)!.Value);
        if (MaskOf(state) is not { } mask || !IsKept(state, State) || (Cell >= 0 && (MaskOf(body.Result(Cell)!.Value) != mask || !IsKept(body.Result(Cell)!.Value, Cell))))
            return false;
        Mask = mask;
        return Roles[mask] == Role.Stays;
    }

    // A variable that shows the last step's output: where the mask is false, that of the step before or something that never changes.
    private bool IsRest(int variable)
    {
        var shown = body.Result(variable)!.Value;
        if (Mask < 0 || MaskOf(shown) != Mask || body.Input(shown, 1) != New(State) || body.Input(shown, 2) is not { Node: null } rest)
            return false;
        Rest = rest.Argument;
        return rest.Argument == variable || (Roles[rest.Argument] == Role.Stays && type(rest.Argument) == DType.Float32);
    }

    // All that is collected is the output; the input list is read at the time.
    private bool IsCollected(int[] rest)
    {
        var output = body.Result(rest.Length > 0 ? rest[0] : State);
        return Places.All(p => body.Input(body.Result(p.Key)!.Value, 2) == output && p.Value != int.MaxValue && (p.Value < 0 || p.Value == Time))
            && Roles[List] == Role.Stays && Roles[Time] == Role.Counts && type(Time) == DType.Int32;
    }

    private static bool IsSelect(LoopValue value) => value.Op is "SelectV2" or "Select";

    // What a variable becomes where nothing masks it.
    private LoopValue? New(int variable) => body.Result(variable) is { } result ? IsSelect(result) ? body.Input(result, 1) : result : null;

    private bool IsKept(LoopValue select, int variable) => body.Input(select, 2) is { Node: null } old && old.Argument == variable;

    // The list of the mask of a select, which is a column that may be repeated.
    private int? MaskOf(LoopValue select)
    {
        if (!IsSelect(select) || body.Input(select, 0) is not { } mask)
            return null;
        if (mask.Op == "Tile")
        {
            if (LoopFunction.Constant(body.Input(mask, 1)) is not { Type: DType.Int32, Count: 2 } times || times.AsSpan<int>()[0] != 1 || times.AsSpan<int>()[1] < 1)
                return null;
            Repeats.Add(times.AsSpan<int>()[1]);
            mask = body.Input(mask, 0) ?? default;
        }
        else if (select.Op == "Select")
        {
            return null;
        }
        return mask.Op == "TensorListGetItem" && body.Input(mask, 0) is { Node: null } list && body.Input(mask, 1) is { Node: null } time && time.Argument == Time ? list.Argument : null;
    }

    // h = σ(o) · tanh(c'), c' = σ(f) · c + σ(i) · tanh(g), gates of x W + h R + b.
    private bool IsLstmOf(int output, int cell)
    {
        if (New(output) is not { } h || New(cell) is not { } state)
            return false;
        foreach (var (gate, curve) in body.Pairs(h, "Mul"))
        {
            if (body.Of(gate, "Sigmoid") is not { } o || body.Of(curve, "Tanh") != state)
                continue;
            foreach (var (kept, added) in body.Pairs(state, "AddV2"))
            {
                foreach (var (forget, old) in body.Pairs(kept, "Mul"))
                {
                    if (old.Node is not null || old.Argument != cell || body.Of(forget, "Sigmoid") is not { } f)
                        continue;
                    foreach (var (input, candidate) in body.Pairs(added, "Mul"))
                    {
                        if (body.Of(input, "Sigmoid") is not { } i || body.Of(candidate, "Tanh") is not { } g)
                            continue;
                        Order = [i.Index, f.Index, g.Index, o.Index];
                        return Gates(i, 4) is { } gates && Gates(f, 4) == gates && Gates(g, 4) == gates && Gates(o, 4) == gates && Order.Distinct().Count() == 4 && IsSum(gates);
                    }
                }
            }
        }
        return false;
    }

    // h' = z · h + (1 - z) · tanh(x_h + r · h_h), z = σ(x_z + h_z), r = σ(x_r + h_r), of x W + b and h R + b.
    private bool IsGruOf(int output)
    {
        if (New(output) is not { } h)
            return false;
        foreach (var (kept, added) in body.Pairs(h, "AddV2"))
        {
            foreach (var (update, old) in body.Pairs(kept, "Mul"))
            {
                if (old.Node is not null || old.Argument != output || body.Of(update, "Sigmoid") is not { } z)
                    continue;
                foreach (var (rest, curve) in body.Pairs(added, "Mul"))
                {
                    if (rest.Op != "Sub" || LoopFunction.Constant(body.Input(rest, 0)) is not { Count: 1, Type: DType.Float32 } one || one.AsSpan<float>()[0] != 1
                        || body.Input(rest, 1) != update || body.Of(curve, "Tanh") is not { } candidate)
                        continue;
                    foreach (var (ofInput, gated) in body.Pairs(candidate, "AddV2"))
                    {
                        foreach (var (reset, ofState) in body.Pairs(gated, "Mul"))
                        {
                            if (body.Of(reset, "Sigmoid") is { } r && IsGru(z, r, ofInput, ofState))
                                return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private bool IsGru(LoopValue z, LoopValue r, LoopValue ofInput, LoopValue ofState)
    {
        if (Gates(ofInput, 3) is not { } x || Gates(ofState, 3) is not { } h || ofInput.Index != ofState.Index)
            return false;
        foreach (var (zx, zh) in body.Pairs(z, "AddV2"))
        {
            foreach (var (rx, rh) in body.Pairs(r, "AddV2"))
            {
                if (Gates(zx, 3) != x || Gates(rx, 3) != x || Gates(zh, 3) != h || Gates(rh, 3) != h || zx.Index != zh.Index || rx.Index != rh.Index)
                    continue;
                Order = [zx.Index, rx.Index, ofInput.Index];
                if (Order.Distinct().Count() != 3)
                    return false;
                Bias = TakeBias(ref x);
                RecurrentBias = TakeBias(ref h);
                return IsProducts(x, h);
            }
        }
        return false;
    }

    // What is split into gates.
    private LoopValue? Gates(LoopValue gate, long count)
        => gate.Op == "Split" && gate.Node!.Attrs["num_split"].AsInt() == count && LoopFunction.Constant(body.Input(gate, 0)) is { Count: 1, Type: DType.Int32 } axis
            && axis.AsSpan<int>()[0] is 1 or -1 ? body.Input(gate, 1) : null;

    private bool IsSum(LoopValue gates)
    {
        Bias = TakeBias(ref gates);
        return body.Pairs(gates, "AddV2").Any(p => IsProducts(p.X, p.Y));
    }

    private Tensor? TakeBias(ref LoopValue value)
    {
        if (value.Op != "BiasAdd" || body.Input(value, 1) is not { Node: null } bias || constant(bias.Argument) is not { Rank: 1, Type: DType.Float32 } vector
            || (value.Node!.Attrs.TryGetValue("data_format", out var format) && format.AsString() == "NCHW"))
            return null;
        value = body.Input(value, 0)!.Value;
        return vector;
    }

    private bool IsProducts(LoopValue x, LoopValue h)
    {
        if (Product(x) is not { } first || Product(h) is not { } second || body.Input(h, 0) is not { Node: null } state || state.Argument != State
            || body.Input(x, 0) is not { Op: "TensorListGetItem" } item)
            return false;
        if (body.Input(item, 0) is not { Node: null } list || body.Input(item, 1) is not { Node: null } time)
            return false;
        (List, Time, Weights, RecurrentWeights) = (list.Argument, time.Argument, first, second);
        var gates = second.Shape[1];
        return first.Shape[1] == gates && gates == second.Shape[0] * (IsLstm ? 4 : 3) && (Bias is null || Bias.Count == gates) && (RecurrentBias is null || RecurrentBias.Count == gates);
    }

    // The weights of a product with a constant.
    private Tensor? Product(LoopValue value)
        => value.Op == "MatMul" && !IsSet(value, "transpose_a") && !IsSet(value, "transpose_b") && body.Input(value, 1) is { Node: null } weights
            && constant(weights.Argument) is { Rank: 2, Type: DType.Float32, Count: > 0 } matrix ? matrix : null;

    private static bool IsSet(LoopValue value, string attr) => value.Node!.Attrs.TryGetValue(attr, out var set) && set.AsBool();
}
