using System.Runtime.CompilerServices;
using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>A function of a library with its attributes put in, ready to be called by kernels: body and plan are made when first needed.</summary>
public sealed class FunctionHandle
{
    private readonly SessionState session;
    private readonly Graph caller;
    private readonly FunctionReference reference;
    private readonly Lock gate = new();
    private FunctionBody? body;
    private Plan? plan;

    internal FunctionHandle(SessionState session, Graph caller, FunctionReference reference)
    {
        this.session = session;
        this.caller = caller;
        this.reference = reference;
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
    public bool MayBlock => CompiledPlan.MayBlock;

    internal FunctionBody Body
    {
        get
        {
            lock (gate)
            {
                return body ??= FunctionBody.Instantiate(caller, caller.Library.Find(reference.Name)
                    ?? throw EngineException.InvalidArgument($"Failed to find function \"{reference.Name}\" in function library."), reference.Attrs);
            }
        }
    }

    private Plan CompiledPlan
    {
        get
        {
            lock (gate)
                return plan ??= Planner.Make(Body.Graph, session, [.. Body.Arguments.Select(a => a[0])], Body.Results, Body.ControlResults);
        }
    }

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
        if (arguments.Length != Body.Arguments.Length)
            throw EngineException.InvalidArgument($"Function {Name} takes {Body.Arguments.Length} arguments, not {arguments.Length}.");
        CompiledPlan.Run(run, arguments, results);
    }

    /// <summary>Refuses a call node whose number or types of arguments or results are not the function's.</summary>
    internal void CheckCall(Node call)
    {
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
}
