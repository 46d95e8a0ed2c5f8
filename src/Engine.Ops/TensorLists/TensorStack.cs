using Engine.Resources;

namespace Engine.Ops.TensorLists;

/// <summary>The tensors that a loop saves for its gradient, last in, first out. Lives as long as the run that makes it.</summary>
internal sealed class TensorStack(string name, DType type, int maximum) : Resource
{
    private readonly Stack<Tensor> items = new();
    private readonly Lock gate = new();
    private bool isClosed;

    public override string Kind => "stack";

    /// <summary>Puts a tensor on top; it is given away.</summary>
    internal void Push(Tensor item)
    {
        lock (gate)
        {
            CheckOpen();
            if (item.Type != type)
                throw EngineException.InvalidArgument($"Must have type {type.Name()} but got {item.Type.Name()}");
            if (maximum >= 0 && items.Count >= maximum)
                throw EngineException.InvalidArgument($"Stack[{name}] overflowed its max_size ({maximum})");
            items.Push(item);
        }
    }

    /// <summary>Takes the tensor on top.</summary>
    internal Tensor Pop()
    {
        lock (gate)
        {
            CheckOpen();
            return items.TryPop(out var item) ? item : throw EngineException.InvalidArgument($"Stack[{name}] is empty when calling Pop().");
        }
    }

    /// <summary>Frees the tensors; later uses are errors.</summary>
    internal void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var item in items)
                item.Dispose();
            items.Clear();
        }
    }

    protected override void Release() => Close();

    private void CheckOpen()
    {
        if (isClosed)
            throw EngineException.InvalidArgument($"Stack[{name}] has already been closed.");
    }
}
