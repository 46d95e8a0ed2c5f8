namespace Engine.Ops.Gemm;

/// <summary>Something to do at whichever vector width this process uses.</summary>
internal interface IGemmAction<T>
    where T : unmanaged
{
    void Invoke<W, V>()
        where W : struct, IGemmLanes<V, T>;
}
