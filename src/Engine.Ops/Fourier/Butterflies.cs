using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Lanes;

namespace Engine.Ops.Fourier;

/// <summary>
/// The stages of Stockham's transform: <c>groups</c> of <c>span</c> butterflies each. A butterfly's inputs lie a part of the line apart; its outputs,
/// turned by the group's roots, a span apart.
/// </summary>
internal static unsafe class Butterflies<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Two<W, V>(T* x, T* y, nint re, nint im, int groups, int span, T* w) where W : struct, IFloatLanes<V, T>
    {
        nint step = 2 * W.Count, width = step * span, part = width * groups;
        for (int p = 0; p < groups; p++, w += 2, y += width)
        {
            for (int q = 0; q < span; q++, x += step, y += step)
            {
                T* x1 = x + part;
                V ar = W.Load(in *x, re), ai = W.Load(in *x, im), br = W.Load(in *x1, re), bi = W.Load(in *x1, im);
                Put<W, V>(W.Add(ar, br), W.Add(ai, bi), y, re, im);
                Turn<W, V>(W.Sub(ar, br), W.Sub(ai, bi), y + width, re, im, w, p);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Three<W, V>(T* x, T* y, nint re, nint im, int groups, int span, T* w) where W : struct, IFloatLanes<V, T>
    {
        nint step = 2 * W.Count, width = step * span, part = width * groups;
        V sine = W.Broadcast(T.CreateTruncating(Math.Sqrt(0.75))), half = W.Broadcast(T.CreateTruncating(0.5));
        for (int p = 0; p < groups; p++, w += 4, y += 2 * width)
        {
            for (int q = 0; q < span; q++, x += step, y += step)
            {
                T* x1 = x + part, x2 = x1 + part;
                V ar = W.Load(in *x, re), ai = W.Load(in *x, im), br = W.Load(in *x1, re), bi = W.Load(in *x1, im), cr = W.Load(in *x2, re), ci = W.Load(in *x2, im);
                V sr = W.Add(br, cr), si = W.Add(bi, ci);
                V dr = W.Mul(W.Sub(br, cr), sine), di = W.Mul(W.Sub(bi, ci), sine);
                Put<W, V>(W.Add(ar, sr), W.Add(ai, si), y, re, im);
                V mr = W.Sub(ar, W.Mul(sr, half)), mi = W.Sub(ai, W.Mul(si, half));
                Turn<W, V>(W.Add(mr, di), W.Sub(mi, dr), y + width, re, im, w, p);
                Turn<W, V>(W.Sub(mr, di), W.Add(mi, dr), y + 2 * width, re, im, w + 2, p);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Four<W, V>(T* x, T* y, nint re, nint im, int groups, int span, T* w) where W : struct, IFloatLanes<V, T>
    {
        nint step = 2 * W.Count, width = step * span, part = width * groups;
        for (int p = 0; p < groups; p++, w += 6, y += 3 * width)
        {
            for (int q = 0; q < span; q++, x += step, y += step)
            {
                T* x1 = x + part, x2 = x1 + part, x3 = x2 + part;
                V ar = W.Load(in *x, re), ai = W.Load(in *x, im), br = W.Load(in *x1, re), bi = W.Load(in *x1, im);
                V cr = W.Load(in *x2, re), ci = W.Load(in *x2, im), dr = W.Load(in *x3, re), di = W.Load(in *x3, im);
                V sr = W.Add(ar, cr), si = W.Add(ai, ci), tr = W.Sub(ar, cr), ti = W.Sub(ai, ci);
                V ur = W.Add(br, dr), ui = W.Add(bi, di), vr = W.Sub(br, dr), vi = W.Sub(bi, di);
                Put<W, V>(W.Add(sr, ur), W.Add(si, ui), y, re, im);
                Turn<W, V>(W.Add(tr, vi), W.Sub(ti, vr), y + width, re, im, w, p);
                Turn<W, V>(W.Sub(sr, ur), W.Sub(si, ui), y + 2 * width, re, im, w + 2, p);
                Turn<W, V>(W.Sub(tr, vi), W.Add(ti, vr), y + 3 * width, re, im, w + 4, p);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Five<W, V>(T* x, T* y, nint re, nint im, int groups, int span, T* w) where W : struct, IFloatLanes<V, T>
    {
        nint step = 2 * W.Count, width = step * span, part = width * groups;
        Complex first = Roots.At(1, 5), second = Roots.At(2, 5);
        V c1 = W.Broadcast(T.CreateTruncating(first.Real)), s1 = W.Broadcast(T.CreateTruncating(-first.Imaginary));
        V c2 = W.Broadcast(T.CreateTruncating(second.Real)), s2 = W.Broadcast(T.CreateTruncating(-second.Imaginary));
        for (int p = 0; p < groups; p++, w += 8, y += 4 * width)
        {
            for (int q = 0; q < span; q++, x += step, y += step)
            {
                T* x1 = x + part, x2 = x1 + part, x3 = x2 + part, x4 = x3 + part;
                V ar = W.Load(in *x, re), ai = W.Load(in *x, im), br = W.Load(in *x1, re), bi = W.Load(in *x1, im), er = W.Load(in *x4, re), ei = W.Load(in *x4, im);
                V cr = W.Load(in *x2, re), ci = W.Load(in *x2, im), dr = W.Load(in *x3, re), di = W.Load(in *x3, im);
                V sr = W.Add(br, er), si = W.Add(bi, ei), tr = W.Add(cr, dr), ti = W.Add(ci, di);
                V ur = W.Sub(br, er), ui = W.Sub(bi, ei), vr = W.Sub(cr, dr), vi = W.Sub(ci, di);
                Put<W, V>(W.Add(ar, W.Add(sr, tr)), W.Add(ai, W.Add(si, ti)), y, re, im);
                V mr = W.Fma(sr, c1, W.Fma(tr, c2, ar)), mi = W.Fma(si, c1, W.Fma(ti, c2, ai));
                V nr = W.Fma(ur, s1, W.Mul(vr, s2)), ni = W.Fma(ui, s1, W.Mul(vi, s2));
                Turn<W, V>(W.Add(mr, ni), W.Sub(mi, nr), y + width, re, im, w, p);
                Turn<W, V>(W.Sub(mr, ni), W.Add(mi, nr), y + 4 * width, re, im, w + 6, p);
                V or = W.Fma(sr, c2, W.Fma(tr, c1, ar)), oi = W.Fma(si, c2, W.Fma(ti, c1, ai));
                V pr = W.Sub(W.Mul(ur, s2), W.Mul(vr, s1)), pi = W.Sub(W.Mul(ui, s2), W.Mul(vi, s1));
                Turn<W, V>(W.Add(or, pi), W.Sub(oi, pr), y + 2 * width, re, im, w + 2, p);
                Turn<W, V>(W.Sub(or, pi), W.Add(oi, pr), y + 3 * width, re, im, w + 4, p);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Eight<W, V>(T* x, T* y, nint re, nint im, int groups, int span, T* w) where W : struct, IFloatLanes<V, T>
    {
        nint step = 2 * W.Count, width = step * span, part = width * groups;
        V root = W.Broadcast(T.CreateTruncating(Math.Sqrt(0.5)));
        for (int p = 0; p < groups; p++, w += 14, y += 7 * width)
        {
            for (int q = 0; q < span; q++, x += step, y += step)
            {
                T* x2 = x + 2 * part, x4 = x2 + 2 * part, x6 = x4 + 2 * part;
                V ar = W.Load(in *x, re), ai = W.Load(in *x, im), er = W.Load(in *x4, re), ei = W.Load(in *x4, im);
                V cr = W.Load(in *x2, re), ci = W.Load(in *x2, im), gr = W.Load(in *x6, re), gi = W.Load(in *x6, im);
                V sr = W.Add(ar, er), si = W.Add(ai, ei), tr = W.Sub(ar, er), ti = W.Sub(ai, ei);
                V ur = W.Add(cr, gr), ui = W.Add(ci, gi), vr = W.Sub(cr, gr), vi = W.Sub(ci, gi);
                V e0r = W.Add(sr, ur), e0i = W.Add(si, ui), e2r = W.Sub(sr, ur), e2i = W.Sub(si, ui);
                V e1r = W.Add(tr, vi), e1i = W.Sub(ti, vr), e3r = W.Sub(tr, vi), e3i = W.Add(ti, vr);

                T* x1 = x + part, x3 = x1 + 2 * part, x5 = x3 + 2 * part, x7 = x5 + 2 * part;
                V br = W.Load(in *x1, re), bi = W.Load(in *x1, im), fr = W.Load(in *x5, re), fi = W.Load(in *x5, im);
                V dr = W.Load(in *x3, re), di = W.Load(in *x3, im), hr = W.Load(in *x7, re), hi = W.Load(in *x7, im);
                sr = W.Add(br, fr);
                si = W.Add(bi, fi);
                tr = W.Sub(br, fr);
                ti = W.Sub(bi, fi);
                ur = W.Add(dr, hr);
                ui = W.Add(di, hi);
                vr = W.Sub(dr, hr);
                vi = W.Sub(di, hi);
                V o0r = W.Add(sr, ur), o0i = W.Add(si, ui), o2r = W.Sub(si, ui), o2i = W.Sub(ur, sr);
                V zr = W.Add(tr, vi), zi = W.Sub(ti, vr), yr = W.Sub(tr, vi), yi = W.Add(ti, vr);
                V o1r = W.Mul(W.Add(zr, zi), root), o1i = W.Mul(W.Sub(zi, zr), root);
                V o3r = W.Mul(W.Sub(yi, yr), root), o3i = W.Neg(W.Mul(W.Add(yr, yi), root));

                Put<W, V>(W.Add(e0r, o0r), W.Add(e0i, o0i), y, re, im);
                Turn<W, V>(W.Add(e1r, o1r), W.Add(e1i, o1i), y + width, re, im, w, p);
                Turn<W, V>(W.Add(e2r, o2r), W.Add(e2i, o2i), y + 2 * width, re, im, w + 2, p);
                Turn<W, V>(W.Add(e3r, o3r), W.Add(e3i, o3i), y + 3 * width, re, im, w + 4, p);
                Turn<W, V>(W.Sub(e0r, o0r), W.Sub(e0i, o0i), y + 4 * width, re, im, w + 6, p);
                Turn<W, V>(W.Sub(e1r, o1r), W.Sub(e1i, o1i), y + 5 * width, re, im, w + 8, p);
                Turn<W, V>(W.Sub(e2r, o2r), W.Sub(e2i, o2i), y + 6 * width, re, im, w + 10, p);
                Turn<W, V>(W.Sub(e3r, o3r), W.Sub(e3i, o3i), y + 7 * width, re, im, w + 12, p);
            }
        }
    }

    /// <summary>Any odd radix: sums and differences of what lies opposite, then their products with the radix's roots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Odd<W, V>(int radix, T* roots, T* x, T* y, nint re, nint im, int groups, int span, T* w) where W : struct, IFloatLanes<V, T>
    {
        nint step = 2 * W.Count, width = step * span, part = width * groups;
        T* work = stackalloc T[2 * (int)step * radix];
        int half = radix / 2;
        for (int p = 0; p < groups; p++, w += 2 * (radix - 1), y += (radix - 1) * width)
        {
            for (int q = 0; q < span; q++, x += step, y += step)
            {
                V ar = W.Load(in *x, re), ai = W.Load(in *x, im), totalR = ar, totalI = ai;
                for (int j = 1; j <= half; j++)
                {
                    T* b = x + j * part, c = x + (radix - j) * part, to = work + 2 * (j - 1) * step;
                    V br = W.Load(in *b, re), bi = W.Load(in *b, im), cr = W.Load(in *c, re), ci = W.Load(in *c, im), sr = W.Add(br, cr), si = W.Add(bi, ci);
                    totalR = W.Add(totalR, sr);
                    totalI = W.Add(totalI, si);
                    Put<W, V>(sr, si, to, 0, W.Count);
                    Put<W, V>(W.Sub(br, cr), W.Sub(bi, ci), to + step, 0, W.Count);
                }
                Put<W, V>(totalR, totalI, y, re, im);
                for (int k = 1; k <= half; k++)
                {
                    V mr = ar, mi = ai, nr = W.Zero, ni = W.Zero;
                    for (int j = 1, turn = k; j <= half; j++, turn = (turn + k) % radix)
                    {
                        T* from = work + 2 * (j - 1) * step;
                        V c = W.Broadcast(roots[2 * turn]), s = W.Broadcast(roots[2 * turn + 1]);
                        mr = W.Fma(W.Load(in *from, 0), c, mr);
                        mi = W.Fma(W.Load(in *from, W.Count), c, mi);
                        nr = W.Fma(W.Load(in *from, step), s, nr);
                        ni = W.Fma(W.Load(in *from, step + W.Count), s, ni);
                    }
                    Turn<W, V>(W.Sub(mr, ni), W.Add(mi, nr), y + k * width, re, im, w + 2 * (k - 1), p);
                    Turn<W, V>(W.Add(mr, ni), W.Sub(mi, nr), y + (radix - k) * width, re, im, w + 2 * (radix - k - 1), p);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<W, V>(V real, V imaginary, T* y, nint re, nint im) where W : struct, IFloatLanes<V, T>
    {
        W.Store(real, ref *y, re);
        W.Store(imaginary, ref *y, im);
    }

    /// <summary>Stores the product with a root; the first group's roots are one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn<W, V>(V real, V imaginary, T* y, nint re, nint im, T* w, int group) where W : struct, IFloatLanes<V, T>
    {
        if (group == 0)
        {
            Put<W, V>(real, imaginary, y, re, im);
            return;
        }
        V c = W.Broadcast(w[0]), s = W.Broadcast(w[1]);
        Put<W, V>(W.Sub(W.Mul(real, c), W.Mul(imaginary, s)), W.Fma(real, s, W.Mul(imaginary, c)), y, re, im);
    }
}
