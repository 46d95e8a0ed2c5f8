using Engine.Ops.Lanes;

namespace Engine.Ops.Convolution;

/// <summary>Something to do with the float lanes of whichever width this process uses.</summary>
internal interface IFloatAction
{
    void Invoke<W, V>()
        where W : struct, IFloatLanes<V, float>;
}
