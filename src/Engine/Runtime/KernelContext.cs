using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Resources;

namespace Engine.Runtime;

/// <summary>
/// What a running kernel sees: its inputs, the making of its outputs, the run it belongs to. Inputs are borrowed: a kernel that keeps one beyond its call
/// takes <see cref="Tensor.Share"/>.
/// </summary>
public sealed class KernelContext
{
    private readonly Tensor?[] values;
    private readonly TensorCache cache;
    private Step step = null!;
    private Shape?[]? lastShapes;
    private Tensor?[]? places;

    internal KernelContext(Tensor?[] values, TensorCache cache)
    {
        this.values = values;
        this.cache = cache;
    }

    /// <summary>Number of inputs.</summary>
    public int InputCount => step.Inputs.Length;

    /// <summary>Number of outputs.</summary>
    public int OutputCount => step.Outputs.Length;

    /// <summary>Fires when the run is cancelled, times out or has failed elsewhere.</summary>
    public CancellationToken Cancellation => Run.Cancellation;

    /// <summary>The state of the session.</summary>
    public SessionState Session => Run.Session;

    /// <summary>The threads for the work inside a kernel.</summary>
    public WorkerTeam Workers => Run.Session.Workers;

    /// <summary>The run: what lives as long as one call of <c>Session.Run</c> (tensor arrays, stacks).</summary>
    public RunContext Run { get; internal set; } = null!;

    /// <summary>The node that runs.</summary>
    public Node Node => step.Node;

    internal Step Step
    {
        get => step;
        set => step = value;
    }

    internal TensorCache Cache => cache;

    internal Tensor?[] Values => values;

    /// <summary>Input <paramref name="index"/>, borrowed for the duration of the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Tensor Input(int index) => values[step.Inputs[index]]!;

    /// <summary>The inputs of a list argument, borrowed.</summary>
    public Tensor[] Inputs(Range range)
    {
        var (start, count) = range.GetOffsetAndLength(InputCount);
        var list = new Tensor[count];
        for (var i = 0; i < count; i++)
            list[i] = Input(start + i);
        return list;
    }

    /// <summary>The variable behind a reference input.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when a plain tensor was fed there.</exception>
    public Variable InputVariable(int index) => Variable.FromReference(Input(index))
        ?? throw EngineException.InvalidArgument($"Input {index} must be a reference to a variable, not a fed value.");

    /// <summary>The resource behind a handle input.</summary>
    /// <exception cref="EngineException">NOT_FOUND when it does not exist (any more), INVALID_ARGUMENT when it is something else.</exception>
    public T Resource<T>(int index) where T : Resource => Session.Resources.Lookup<T>(Handle(index));

    /// <summary>The handle in a resource input.</summary>
    public ResourceHandle Handle(int index)
    {
        var t = Input(index);
        if (t.Type != DType.Resource || t.Count < 1)
            throw EngineException.InvalidArgument($"Input {index} must be a resource handle, not {t.Type.Name()}{t.Shape}.");
        return t.AsSpan<ResourceHandle>()[0] ?? throw EngineException.InvalidArgument($"Input {index} is an empty resource handle.");
    }

    /// <summary>A new tensor of the output's type and undefined contents, as output <paramref name="output"/>.</summary>
    public Tensor Allocate(int output, Shape shape)
    {
        var t = (places is null ? null : TakePlace(step.Outputs[output], shape)) ?? cache.Rent(step.OutputTypes[output], shape);
        Set(output, t);
        return t;
    }

    /// <summary>A new tensor with these dimensions, as output <paramref name="output"/>. Allocates nothing while the dimensions are those of the last run.</summary>
    public Tensor Allocate(int output, params ReadOnlySpan<long> dims)
    {
        ref var shape = ref (lastShapes ??= new Shape?[values.Length])[step.Outputs[output]];
        if (shape is null || !shape.Dims.SequenceEqual(dims))
            shape = new Shape(dims);
        return Allocate(output, shape);
    }

    /// <summary>A new tensor of zeros (false, ""), as output <paramref name="output"/>.</summary>
    public Tensor AllocateZeros(int output, Shape shape)
    {
        var t = Allocate(output, shape);
        t.Clear();
        return t;
    }

    /// <summary>Input <paramref name="input"/> itself if nobody else uses its memory and it is of the output's size, else a new tensor; as output <paramref name="output"/> with this shape.</summary>
    public Tensor ForwardOrAllocate(int input, int output, Shape shape)
    {
        if (step.MayForward[input])
        {
            var slot = step.Inputs[input];
            var t = values[slot]!;
            if (t.IsExclusive && t.Type == step.OutputTypes[output] && t.Shape.Count == shape.Count)
            {
                // The memory moves on: what was the input's is the output's now.
                values[slot] = null;
                if (!ReferenceEquals(t.Shape, shape))
                    t.SetShape(shape);
                Set(output, t);
                return t;
            }
        }
        return Allocate(output, shape);
    }

    /// <summary>The first of two inputs that can be forwarded, else a new tensor, as output 0.</summary>
    public Tensor ForwardOrAllocate(int first, int second, int output, Shape shape)
    {
        if (step.MayForward[first] && Input(first) is var t && t.Shape.Count == shape.Count && t.IsExclusive)
            return ForwardOrAllocate(first, output, shape);
        return ForwardOrAllocate(second, output, shape);
    }

    /// <summary>Whether input <paramref name="input"/> may be written: nobody else uses its memory, nor will later.</summary>
    public bool IsExclusive(int input) => step.MayForward[input] && Input(input).IsExclusive;

    /// <summary>Whether a variable may keep the memory of input <paramref name="input"/> rather than copy it: nobody else will change it.</summary>
    public bool IsKeepable(int input) => IsExclusive(input) || (Session.Options.MapsVariables && Input(input).Buffer is MappedBuffer);

    /// <summary>Input <paramref name="input"/> as a tensor of the kernel's own, to give away or dispose: the input itself where nobody reads it later.</summary>
    public Tensor Take(int input)
    {
        var slot = step.Inputs[input];
        var t = values[slot]!;
        if (!step.MayForward[input])
            return cache.Share(t);
        values[slot] = null;
        return t;
    }

    /// <summary>Input <paramref name="input"/> as it is, as output <paramref name="output"/>; the memory is shared.</summary>
    public void Forward(int input, int output) => Set(output, Take(input));

    /// <summary>Input <paramref name="input"/> with another shape of as many elements, as output <paramref name="output"/>; the memory is shared.</summary>
    public void ForwardAs(int input, int output, Shape shape)
    {
        var slot = step.Inputs[input];
        var t = values[slot]!;
        if (step.MayForward[input] && !t.Buffer.IsShared)
        {
            values[slot] = null;
            t.SetShape(shape);
            Set(output, t);
            return;
        }
        Set(output, t.Reshape(shape));
    }

    /// <summary>Output <paramref name="output"/> is this tensor too; the memory is shared, the caller keeps its own tensor.</summary>
    public void SetOutput(int output, Tensor tensor) => Set(output, cache.Share(tensor));

    /// <summary>Output <paramref name="output"/> is this tensor, which the caller gives away.</summary>
    public void MoveOutput(int output, Tensor tensor) => Set(output, tensor);

    /// <summary>Output <paramref name="output"/> is a reference to a TF 1 variable.</summary>
    public void SetReference(int output, Variable variable) => Set(output, cache.Share(variable.Reference));

    /// <summary>Memory for the duration of the call; the caller disposes it.</summary>
    public Tensor Temporary(DType type, Shape shape) => Tensor.Allocate(type, shape);

    /// <summary>A new tensor of the caller's own, of which outputs will be parts.</summary>
    public Tensor Rent(DType type, Shape shape) => cache.Rent(type, shape);

    /// <summary>Output <paramref name="output"/> as it was set, or null.</summary>
    public Tensor? Output(int output) => values[step.Outputs[output]];

    /// <summary>Where some results of the run are to be: a step that allocates such an output of the place's shape is given the place.</summary>
    internal void SetPlaces(ReadOnlySpan<int> slots, ReadOnlySpan<Tensor> given)
    {
        places ??= new Tensor?[values.Length];
        for (var i = 0; i < slots.Length; i++)
            places[slots[i]] = given[i];
    }

    /// <summary>Results may be anywhere again.</summary>
    internal void ClearPlaces() => places = null;

    private Tensor? TakePlace(int slot, Shape shape)
    {
        if (places![slot] is not { } place || !place.Shape.Equals(shape))
            return null;
        places[slot] = null;
        return cache.Share(place);
    }

    private void Set(int output, Tensor tensor)
    {
        var slot = step.Outputs[output];
        if (values[slot] is { } old)
            cache.Return(old);
        values[slot] = tensor;
    }
}
