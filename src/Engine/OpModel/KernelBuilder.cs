using Engine.Graphs;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>What a kernel is made from: the node's attributes and types, constant inputs, the session's state, functions to call.</summary>
public sealed class KernelBuilder
{
    private readonly Func<int, Tensor?> constant;

    internal KernelBuilder(Node node, SessionState session, Func<int, Tensor?> constant, bool[]? neededOutputs = null, StateScope? stateScope = null)
    {
        Node = node;
        Session = session;
        this.constant = constant;
        NeededOutputs = neededOutputs;
        Scope = stateScope ?? StateScope.Session;
        StateKey = node.StateKey == node.Name ? node.Name : Scope.Prefix + node.StateKey;
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>The state that outlives plans: resources, random streams.</summary>
    public SessionState Session { get; }

    /// <summary>Number of input tensors.</summary>
    public int InputCount => Node.InputTypes.Count;

    /// <summary>Number of output tensors.</summary>
    public int OutputCount => Node.OutputTypes.Count;

    private bool[]? NeededOutputs { get; }

    private string StateKey { get; }

    private StateScope Scope { get; }

    internal FrozenVariables? Frozen { get; init; }

    /// <summary>For a loop of TensorFlow 1: its inside.</summary>
    internal LoopInside? Loops { get; init; }

    /// <summary>For a loop of TensorFlow 1: makes the kernel that runs it as it is written.</summary>
    internal Func<Kernel>? Written { get; init; }

    /// <summary>The element type attribute <paramref name="attr"/>.</summary>
    public DType Type(string attr) => Node.Attr(attr).AsType();

    /// <summary>The list of element types <paramref name="attr"/>.</summary>
    public DType[] Types(string attr) => Node.Attr(attr).AsTypes();

    /// <summary>The integer attribute <paramref name="attr"/>.</summary>
    public long Int(string attr) => Node.Attr(attr).AsInt();

    /// <summary>The list of integers <paramref name="attr"/>.</summary>
    public long[] Ints(string attr) => Node.Attr(attr).AsInts();

    /// <summary>The float attribute <paramref name="attr"/>.</summary>
    public float Float(string attr) => Node.Attr(attr).AsFloat();

    /// <summary>The list of floats <paramref name="attr"/>.</summary>
    public float[] Floats(string attr) => [.. Node.Attr(attr).AsList().Select(v => v.AsFloat())];

    /// <summary>The truth attribute <paramref name="attr"/>.</summary>
    public bool Bool(string attr) => Node.Attr(attr).AsBool();

    /// <summary>The text attribute <paramref name="attr"/>.</summary>
    public string String(string attr) => Node.Attr(attr).AsString();

    /// <summary>The list of texts <paramref name="attr"/>.</summary>
    public string[] Strings(string attr) => [.. Node.Attr(attr).AsList().Select(v => v.AsString())];

    /// <summary>The shape attribute <paramref name="attr"/>.</summary>
    public PartialShape Shape(string attr) => Node.Attr(attr).AsShape();

    /// <summary>The list of shapes <paramref name="attr"/>.</summary>
    public PartialShape[] Shapes(string attr) => [.. Node.Attr(attr).AsList().Select(v => v.AsShape())];

    /// <summary>The tensor attribute <paramref name="attr"/>. Shared: not to be disposed or written.</summary>
    public Tensor Tensor(string attr) => Node.Attr(attr).AsTensor();

    /// <summary>The function that attribute <paramref name="attr"/> names, ready to be called.</summary>
    public FunctionHandle Function(string attr) => Scope.Own(Session.Function(Node.Graph, Node.Attr(attr).AsFunction()));

    /// <summary>The function that attribute <paramref name="attr"/> names, to be called with all inputs of the node for all its outputs.</summary>
    /// <exception cref="EngineException">They are not the function's arguments and results, or the options of the call cannot be read.</exception>
    public FunctionHandle CalledFunction(string attr)
    {
        var function = Function(attr);
        function.CheckCall(Node);
        return function;
    }

    /// <summary>
    /// The function that attribute <paramref name="attr"/> names, to be called with the inputs from <paramref name="firstInput"/> on: what is constant among them is
    /// taken for a constant inside.
    /// </summary>
    public FunctionHandle Function(string attr, int firstInput) => Function(attr).Bind(i => Argument(i + firstInput), Frozen);

    /// <summary>The functions that the list attribute <paramref name="attr"/> names, to be called with the inputs from <paramref name="firstInput"/> on.</summary>
    public FunctionHandle[] Functions(string attr, int firstInput) => [.. Functions(attr).Select(f => f.Bind(i => Argument(i + firstInput), Frozen))];

    /// <summary>Condition and body of a loop over the inputs: constants that the body passes on as they are, are constants inside.</summary>
    public (FunctionHandle Condition, FunctionHandle Body) Loop(string condition, string body)
    {
        var (test, step) = (Function(condition), Function(body));
        return (test.Bind(Invariant, Frozen), step.Bind(Invariant, Frozen));

        Tensor? Invariant(int i) => step.Passes(i) ? Argument(i) : null;
    }

    /// <summary>The inside of a loop over the inputs, whose functions <see cref="Loop"/> gives; null where nothing is to be joined, or the functions cannot be planned.</summary>
    public LoopInside? Inside(FunctionHandle condition, FunctionHandle body)
    {
        if (Session.Options.DisabledPasses.Contains(PlanPasses.Fuse))
            return null;
        try
        {
            return new LoopInside(condition.Simplified(), body.Simplified());
        }
        catch (EngineException)
        {
            // What is wrong with a function shows when it is called.
            return null;
        }
    }

    /// <summary>The inside of a loop of TensorFlow 1; null where nothing is to be joined.</summary>
    public LoopInside? Inside() => Session.Options.DisabledPasses.Contains(PlanPasses.Fuse) ? null : Loops;

    /// <summary>The kernel that runs a loop of TensorFlow 1 as it is written.</summary>
    public Kernel AsWritten() => Written?.Invoke() ?? throw Fail("It is no loop of a plan.");

    private Tensor? Argument(int input) => input < InputCount ? Constant(input) : null;

    /// <summary>The gradient function of the function that attribute <paramref name="attr"/> names: takes its arguments and the gradients of its results.</summary>
    public FunctionHandle GradientFunction(string attr) => Scope.Own(Session.GradientFunction(Node.Graph, Node.Attr(attr).AsFunction()));

    /// <summary>The functions that the list attribute <paramref name="attr"/> names.</summary>
    public FunctionHandle[] Functions(string attr) => [.. Node.Attr(attr).AsList().Select(f => Scope.Own(Session.Function(Node.Graph, f.AsFunction())))];

    /// <summary>The attribute <paramref name="attr"/> if the node has it.</summary>
    public AttrValue? Find(string attr) => Node.Attrs.GetValueOrDefault(attr);

    /// <summary>Element type of input <paramref name="index"/> (the value type where the input is a reference).</summary>
    public DType InputType(int index) => Node.InputTypes[index].Base();

    /// <summary>Element type of output <paramref name="index"/> (the value type where the output is a reference).</summary>
    public DType OutputType(int index) => Node.OutputTypes[index].Base();

    /// <summary>The positions of the tensors of an input argument.</summary>
    public Range InputRange(string argument) => Node.Signature!.Input(argument);

    /// <summary>The value of input <paramref name="index"/> if it is a constant in this plan, else null. Not the caller's to dispose.</summary>
    public Tensor? Constant(int index) => constant(index);

    /// <summary>Whether somebody uses output <paramref name="index"/>; others need not be computed (but must be set).</summary>
    public bool IsNeeded(int index) => NeededOutputs is null || NeededOutputs[index];

    /// <summary>State of this node that outlives the plan; made when first asked for, the same for all plans of the session.</summary>
    public T State<T>(Func<T> create) where T : class => Session.NodeState(StateKey, create);

    /// <summary>INVALID_ARGUMENT: there is no kernel for the node's element types.</summary>
    public EngineException NoKernel() => EngineException.InvalidArgument(
        $"No kernel was registered to support Op '{Node.Op}' with these attributes: {string.Join(", ", Node.Attrs.Where(a => a.Value.Kind == AttrKind.Type).Select(a => $"{a.Key}={a.Value}"))}").At(Node.Name, Node.Op);

    /// <summary>INVALID_ARGUMENT, with the node.</summary>
    public EngineException Fail(string message) => EngineException.InvalidArgument(message).At(Node.Name, Node.Op);
}
