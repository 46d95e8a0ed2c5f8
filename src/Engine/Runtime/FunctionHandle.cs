using System.Runtime.CompilerServices;
using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>A function of a library with its attributes put in, ready to be called by kernels: body and plan are made when first needed.</summary>
public sealed class FunctionHandle
{
    private readonly SessionState session;
    private readonly FunctionReference reference;
    private readonly Func<FunctionBody> makeBody;
    private readonly Tensor?[]? bound;
    private readonly FrozenVariables? frozen;
    private readonly StateScope? scope;
    private readonly Lock gate = new();
    private volatile FunctionBody? body;
    private Plan? plan;
    private Plan? keepingPlan;
    private bool isPlanning;

    internal FunctionHandle(SessionState session, FunctionReference reference, Func<FunctionBody> makeBody)
    {
        this.session = session;
        this.reference = reference;
        this.makeBody = makeBody;
    }

    private FunctionHandle(FunctionHandle general, Tensor?[]? bound, FrozenVariables? frozen, StateScope? scope)
        : this(general.session, general.reference, () => general.Body)
    {
        this.bound = bound;
        this.frozen = frozen;
        this.scope = scope;
    }

    /// <summary>The function's name.</summary>
    public string Name => reference.Name;

    /// <summary>Element types of the arguments.</summary>
    public IReadOnlyList<DType> ArgumentTypes => [.. Body.Arguments.Select(a => a.OutputTypes[0])];

    /// <summary>Element types of the results.</summary>
    public IReadOnlyList<DType> ResultTypes => [.. Body.Results.Select(r => r.Type.Base())];

    /// <summary>Whether the body has effects or depends on state.</summary>
    public bool IsStateful => Body.Graph.Nodes.Any(n => n.Op != "_Arg" && (n.Definition?.IsStateful ?? true));

    /// <summary>Whether a call may wait for something outside of it (a queue, say).</summary>
    // A function that calls itself waits where its other nodes do.
    public bool MayBlock => Ask(plan => plan.MayBlock);

    /// <summary>Whether a call does nothing but compute its results from its arguments. False for a function that calls itself.</summary>
    public bool IsPure => Ask(plan => plan.IsPure);

    internal FunctionBody Body
    {
        get
        {
            if (body is { } known)
                return known;
            lock (gate)
                return body ??= makeBody();
        }
    }

    private Plan CompiledPlan => plan ?? MakePlan(ref plan, keepFeeds: false);

    /// <summary>Calls the function.</summary>
    /// <param name="run">The run that calls.</param>
    /// <param name="arguments">The arguments, given away: memory that nobody else uses is written in place.</param>
    /// <returns>The results, the caller's to dispose.</returns>
    public Tensor[] Call(RunContext run, params ReadOnlySpan<Tensor> arguments)
    {
        var results = new Tensor[Body.Results.Length];
        Call(run, arguments, results);
        return results;
    }

    /// <summary>Calls the function, writing the results into <paramref name="results"/>.</summary>
    public void Call(RunContext run, ReadOnlySpan<Tensor> arguments, Span<Tensor> results)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var compiled = CompiledPlan;
        CheckCount(arguments.Length, compiled);
        compiled.Run(run, arguments, results);
    }

    /// <summary>Calls a function of one result on arguments that stay the caller's, and reads the result: for the condition of a loop.</summary>
    public T Evaluate<T>(RunContext run, ReadOnlySpan<Tensor> arguments, Func<Tensor, T> read)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var compiled = keepingPlan ?? MakePlan(ref keepingPlan, keepFeeds: true);
        CheckCount(arguments.Length, compiled);
        if (compiled.FetchSlots.Length != 1)
            throw EngineException.InvalidArgument($"Function {Name} must have one result, not {compiled.FetchSlots.Length}.");
        return compiled.Evaluate(run, arguments, read);
    }

    /// <summary>The function for calls whose arguments have these values where they are not null; arguments are passed as to any function.</summary>
    internal FunctionHandle Bind(Func<int, Tensor?> argument, FrozenVariables? watched)
    {
        try
        {
            var arguments = Body.Arguments;
            var values = new Tensor?[arguments.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = argument(i) is { } value && value.Type == arguments[i].OutputTypes[0] ? value : null;
            return Array.TrueForAll(values, v => v is null) ? this : new FunctionHandle(this, values, watched, scope);
        }
        catch (EngineException)
        {
            // What is wrong with the function shows when it is called.
            return this;
        }
    }

    /// <summary>The function with state of its own.</summary>
    internal FunctionHandle In(StateScope owner) => new(this, bound, frozen, owner);

    /// <summary>Whether result <paramref name="index"/> is argument <paramref name="index"/> as it is.</summary>
    internal bool Passes(int index)
    {
        if (index >= Body.Results.Length || index >= Body.Arguments.Length)
            return false;
        var source = Body.Results[index].Node;
        while (source.Op == "Identity" && source.ControlInputs.Count == 0 && source.Inputs.Count == 1)
            source = source.Inputs[0].Node;
        return ReferenceEquals(source, Body.Arguments[index]);
    }

    /// <summary>Refuses a call node whose number or types of arguments or results are not the function's, or whose options cannot be read.</summary>
    internal void CheckCall(Node call)
    {
        CallOptions.Check(call);
        var arguments = Body.Arguments;
        if (call.Inputs.Count != arguments.Length)
            throw EngineException.InvalidArgument($"Function {Name} takes {arguments.Length} arguments, but {call.Inputs.Count} are given.").At(call.Name, call.Op);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (call.InputTypes[i].Base() != arguments[i].OutputTypes[0].Base())
                throw EngineException.InvalidArgument($"Expects arg[{i}] to be {arguments[i].OutputTypes[0].Name()} but {call.InputTypes[i].Name()} is provided").At(call.Name, call.Op);
        }
        if (call.OutputTypes.Count > Body.Results.Length)
            throw EngineException.InvalidArgument($"Function {Name} has {Body.Results.Length} results, but {call.OutputTypes.Count} are expected.").At(call.Name, call.Op);
        for (var i = 0; i < call.OutputTypes.Count; i++)
        {
            if (call.OutputTypes[i].Base() != Body.Results[i].Type.Base())
                throw EngineException.Internal($"Output {i} of type {Body.Results[i].Type.Name()} does not match declared output type {call.OutputTypes[i].Name()} for node {call.Name}").At(call.Name, call.Op);
        }
    }

    private bool Ask(Func<Plan, bool> question)
    {
        lock (session.Planning)
        {
            if (isPlanning)
                return false;
            try
            {
                return question(CompiledPlan);
            }
            catch (EngineException)
            {
                // What is wrong with the function shows when it is called.
                return false;
            }
        }
    }

    /// <summary>The nodes that a plan of the function would have, simplified but not joined.</summary>
    internal PlanGraph Simplified()
    {
        lock (session.Planning)
        {
            if (isPlanning)
                throw EngineException.InvalidArgument($"Function {Name} needs itself to be planned.");
            isPlanning = true;
            try
            {
                var graph = Planner.Build(Body.Graph, session, [.. Body.Arguments.Select(a => a[0])], Body.Results, Body.ControlResults, scope, frozen, bound);
                Planner.Simplify(graph, session);
                return graph;
            }
            finally
            {
                isPlanning = false;
            }
        }
    }

    // Planning a function may plan the functions it calls: one lock for all of a session's, taken again by the same thread.
    private Plan MakePlan(ref Plan? made, bool keepFeeds)
    {
        lock (session.Planning)
        {
            if (made is { } known)
                return known;
            if (isPlanning)
                throw EngineException.InvalidArgument($"Function {Name} needs itself to be planned.");
            isPlanning = true;
            try
            {
                return made = Planner.Make(Body.Graph, session, [.. Body.Arguments.Select(a => a[0])], Body.Results, Body.ControlResults, keepFeeds, scope, frozen, bound);
            }
            finally
            {
                isPlanning = false;
            }
        }
    }

    private void CheckCount(int arguments, Plan compiled)
    {
        if (arguments != compiled.FeedSlots.Length)
            throw EngineException.InvalidArgument($"Function {Name} takes {compiled.FeedSlots.Length} arguments, not {arguments}.");
    }
}
