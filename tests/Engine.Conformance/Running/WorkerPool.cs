using Engine.Conformance.Work;
using Engine.Runtime;

namespace Engine.Conformance.Running;

/// <summary>Hands cases to worker processes, one at a time each, and replaces those that die or take too long.</summary>
internal sealed class WorkerPool(int threads, SessionOptions options, TimeSpan limit)
{
    internal IReadOnlyList<Result> Run(IEnumerable<Job> jobs)
    {
        var results = new List<Result?>();
        Exception? failure = null;
        using var source = jobs.GetEnumerator();
        var crew = new Thread[threads];
        for (var i = 0; i < crew.Length; i++)
        {
            crew[i] = new Thread(Work) { IsBackground = true, Name = $"Cases {i}" };
            crew[i].Start();
        }
        foreach (var thread in crew)
            thread.Join();
        return failure is null ? [.. results.OfType<Result>()] : throw failure;

        void Work()
        {
            Worker? worker = null;
            try
            {
                while (Next(out var job, out var index))
                {
                    worker ??= Worker.Start(options);
                    var verdict = worker.Run(job, limit);
                    lock (results)
                        results[index] = new Result(job.Case.Name, verdict);
                    if (worker.IsSpent)
                    {
                        worker.Dispose();
                        worker = null;
                    }
                }
            }
            catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or TimeoutException)
            {
                lock (results)
                    failure ??= e;
            }
            finally
            {
                worker?.Dispose();
            }
        }

        bool Next(out Job job, out int index)
        {
            lock (results)
            {
                index = results.Count;
                job = null!;
                if (failure is not null || !source.MoveNext())
                    return false;
                job = source.Current;
                results.Add(null);
                return true;
            }
        }
    }
}
