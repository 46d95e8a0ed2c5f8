using System.Runtime.CompilerServices;
using Engine.Ops.Lanes;
using static Engine.Ops.Gemm.Constants;

namespace Engine.Ops.Convolution;

/// <summary>Tiles of the direct convolution of any size up to the largest whose sums stay in registers.</summary>
internal static class TileSize<W, V>
    where W : struct, IFloatLanes<V, float>
{
    /// <summary>Most pixels of a tile: with three vectors, 24 sums in 32 registers, or 12 in 16.</summary>
    public static int Rows => W.Count >= 16 ? 8 : 4;

    /// <summary>Computes a tile.</summary>
    public static void Compute(int pixels, int vectors, ref ConvolutionTile tile)
    {
        if (vectors == 3)
            Compute<Three>(pixels, ref tile);
        else if (vectors == 2)
            Compute<Two>(pixels, ref tile);
        else
            Compute<One>(pixels, ref tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compute<N>(int pixels, ref ConvolutionTile tile)
        where N : struct, Gemm.IConstant
    {
        switch (pixels)
        {
            case 1:
                ConvolutionTile.Compute<W, V, One, N>(ref tile);
                break;
            case 2:
                ConvolutionTile.Compute<W, V, Two, N>(ref tile);
                break;
            case 3:
                ConvolutionTile.Compute<W, V, Three, N>(ref tile);
                break;
            case 4:
                ConvolutionTile.Compute<W, V, Four, N>(ref tile);
                break;
            case 5:
                ConvolutionTile.Compute<W, V, Five, N>(ref tile);
                break;
            case 6:
                ConvolutionTile.Compute<W, V, Six, N>(ref tile);
                break;
            case 7:
                ConvolutionTile.Compute<W, V, Seven, N>(ref tile);
                break;
            default:
                ConvolutionTile.Compute<W, V, Eight, N>(ref tile);
                break;
        }
    }
}
