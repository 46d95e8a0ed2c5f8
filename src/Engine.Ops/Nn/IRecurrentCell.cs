using Engine.Ops.Lanes;

namespace Engine.Ops.Nn;

/// <summary>A recurrent cell: what becomes of the sums of its gates.</summary>
internal unsafe interface IRecurrentCell
{
    /// <summary>How many gates it has.</summary>
    static abstract int Gates { get; }

    /// <summary>The state of the units of one vector after a step.</summary>
    /// <param name="products">Products with the state, a vector per gate.</param>
    /// <param name="inputs">Products with the input and biases, the same.</param>
    /// <param name="bias">What is added to the last gate's product with the state, or null.</param>
    /// <param name="h">The old state.</param>
    /// <param name="c">The cell's memory, updated, or null.</param>
    /// <param name="result">The new state.</param>
    static abstract void Update<W, V>(float* products, float* inputs, float* bias, float* h, float* c, float* result)
        where W : struct, IFloatLanes<V, float>;

    /// <summary>The products of a block.</summary>
    static abstract void Multiply<W, V>(nint rows, nint depth, float* state, nint stateRow, float* weights, float* sums)
        where W : struct, IFloatLanes<V, float>;
}
