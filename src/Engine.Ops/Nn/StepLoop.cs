using Engine.OpModel;
using Engine.Ops.Elementwise;

namespace Engine.Ops.Nn;

/// <summary>
/// A loop over the steps of any recurrent cells, as its body shows it: it reads elements of lists or arrays step by step, computes rows of float32 from them and from
/// states, and writes elements step by step. What is computed is left to <see cref="StepProgramBuilder"/>.
/// </summary>
internal sealed class StepLoop
{
    private static readonly HashSet<string> Ops =
    [
        "NoOp", "Identity", "TensorListGetItem", "TensorListSetItem", "TensorArrayReadV3", "TensorArrayWriteV3", "MatMul", "BiasAdd", "Split", "SplitV", "ConcatV2", "Select", "SelectV2",
        "Tile", "GreaterEqual", "Less",
    ];

    private StepLoop(LoopInside inside)
    {
        Inside = inside;
        Roles = new Role[inside.VariableCount];
        Results = new StepResult[inside.VariableCount];
    }

    /// <summary>What becomes of a loop variable in a step.</summary>
    internal enum Role
    {
        Stays,
        Counts,
        State,
        List,
        Array,
    }

    internal LoopInside Inside { get; }

    internal Role[] Roles { get; }

    /// <summary>For variables that collect results, and for states: what they get.</summary>
    internal StepResult[] Results { get; }

    /// <summary>What is read step by step: the argument with the list or array, the variable that says where, and the values in the body that it stands for.</summary>
    internal List<(int Source, int Place)> Reads { get; } = [];

    /// <summary>Pairs of a variable and a limit, an argument or a number: the loop goes on while the first is less than the second.</summary>
    internal List<(int Value, int Argument, int Number)> Limits { get; } = [];

    /// <summary>The loop if it is one over steps, or null.</summary>
    internal static StepLoop? Find(LoopInside inside)
    {
        foreach (var value in inside.Nodes)
        {
            if (!Ops.Contains(value.Op) && ElementwiseFunction.Find(value.Op) is null)
                return null;
        }
        var loop = new StepLoop(inside);
        return loop.FindRoles() && loop.FindLimits(Plain(inside.Condition)) && loop.FindReads() ? loop : null;
    }

    /// <summary>A value without the identities that pass it on.</summary>
    internal static RewriteValue Plain(RewriteValue value)
    {
        while (value.Op == "Identity")
            value = value.Input(0);
        return value;
    }

    /// <summary>The argument that a value is, or -1.</summary>
    internal static int Argument(RewriteValue value) => LoopInside.Argument(Plain(value));

    /// <summary>A number that is known, or null.</summary>
    internal static int? Number(RewriteValue value) => Plain(value).Constant is { Type: DType.Int32, Count: 1 } number ? number.AsSpan<int>()[0] : null;

    /// <summary>Whether an argument is the same in all steps.</summary>
    internal bool Stays(int argument) => argument >= 0 && (argument >= Roles.Length || Roles[argument] == Role.Stays);

    /// <summary>Whether an argument counts steps.</summary>
    internal bool Counts(int argument) => argument >= 0 && argument < Roles.Length && Roles[argument] == Role.Counts;

    private bool FindRoles()
    {
        for (var i = 0; i < Roles.Length; i++)
        {
            var result = Plain(Inside.Result(i));
            if (LoopInside.Argument(result) == i)
                Roles[i] = Role.Stays;
            else if (result.Op is "AddV2" or "Add" && result.Type == DType.Int32)
            {
                if (!((Argument(result.Input(0)) == i && Number(result.Input(1)) == 1) || (Argument(result.Input(1)) == i && Number(result.Input(0)) == 1)))
                    return false;
                Roles[i] = Role.Counts;
            }
            else if (result.Op == "TensorListSetItem" && Argument(result.Input(0)) == i && result.Node.Attr("element_dtype").AsType() == DType.Float32)
            {
                Roles[i] = Role.List;
                Results[i] = new(result.Input(2), Argument(result.Input(1)), Number(result.Input(1)) ?? -1, i);
            }
            else if (result.Op == "TensorArrayWriteV3" && Argument(result.Input(3)) == i && result.Node.Attr("T").AsType() == DType.Float32)
            {
                Roles[i] = Role.Array;
                Results[i] = new(result.Input(2), Argument(result.Input(1)), -1, Argument(result.Input(0)));
            }
            else if (result.Type == DType.Float32)
            {
                Roles[i] = Role.State;
                Results[i] = new(result, -1, -1, i);
            }
            else
                return false;
        }
        for (var i = 0; i < Roles.Length; i++)
        {
            if (Roles[i] == Role.List && !Counts(Results[i].Counter) && Results[i].Place < 0)
                return false;
            if (Roles[i] == Role.Array && !(Counts(Results[i].Counter) && Stays(Results[i].Target)))
                return false;
        }
        return true;
    }

    private bool FindLimits(RewriteValue verdict)
    {
        if (verdict.Op == "LogicalAnd")
            return FindLimits(Plain(verdict.Input(0))) && FindLimits(Plain(verdict.Input(1)));
        if (verdict.Op != "Less" || verdict.Input(0).Type != DType.Int32 || !Counts(Argument(verdict.Input(0))))
            return false;
        var (value, limit, number) = (Argument(verdict.Input(0)), Argument(verdict.Input(1)), Number(verdict.Input(1)));
        Limits.Add((value, limit, number ?? 0));
        return number is not null || Stays(limit);
    }

    private bool FindReads()
    {
        foreach (var value in Inside.Nodes)
        {
            if (!IsRead(value))
                continue;
            var read = ReadOf(value);
            if (!Stays(read.Source) || !Counts(read.Place) || value.Type is not (DType.Float32 or DType.Bool))
                return false;
            if (!Reads.Contains(read))
                Reads.Add(read);
        }
        return Reads.Count > 0;
    }

    /// <summary>Whether a value is read from a list or an array.</summary>
    internal static bool IsRead(RewriteValue value) => value.Op is "TensorListGetItem" or "TensorArrayReadV3";

    /// <summary>What is read, as in <see cref="Reads"/>.</summary>
    internal static (int Source, int Place) ReadOf(RewriteValue value) => (Argument(value.Input(0)), Argument(value.Input(1)));
}
