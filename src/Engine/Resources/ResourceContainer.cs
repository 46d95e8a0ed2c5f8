using System.Collections.Concurrent;

namespace Engine.Resources;

/// <summary>The resources of a session by container and name (<c>ResourceMgr</c>).</summary>
public sealed class ResourceContainer : IDisposable
{
    private readonly ConcurrentDictionary<(string Container, string Name, Type Type), Resource> resources = new();
    private readonly Lock creating = new();

    /// <summary>The resource of this container, name and type; made by <paramref name="create"/> if there is none.</summary>
    public T GetOrCreate<T>(string container, string name, Func<T> create) where T : Resource
    {
        var key = (container, name, typeof(T));
        if (resources.TryGetValue(key, out var known))
            return (T)known;
        lock (creating)
        {
            if (resources.TryGetValue(key, out known))
                return (T)known;
            var made = create();
            resources[key] = made;
            return made;
        }
    }

    /// <summary>The resource behind a handle; made by <paramref name="create"/> if there is none. An anonymous handle keeps it itself.</summary>
    public T GetOrCreate<T>(ResourceHandle handle, Func<T> create) where T : Resource
    {
        if (Find<T>(handle) is { } known)
            return known;
        if (!handle.IsAnonymous)
        {
            var made = GetOrCreate(handle.Container, handle.Name, create);
            handle.Resolved = made;
            return made;
        }
        lock (creating)
        {
            if (handle.Resolved is T other)
                return other;
            var made = create();
            handle.Resolved = made;
            return made;
        }
    }

    /// <summary>The resource behind a handle, or null when it does not exist (any more) or is of another type.</summary>
    public T? Find<T>(ResourceHandle handle) where T : Resource
    {
        if (handle.Resolved is T known)
            return known;
        if (handle.Resolved is not null || handle.IsAnonymous)
            return null;
        if (!resources.TryGetValue((handle.Container, handle.Name, typeof(T)), out var found))
        {
            // A handle is typed by its user: look for a resource whose class derives from the asked one.
            found = FindDerived<T>(handle.Container, handle.Name);
        }
        if (found is T resource)
        {
            handle.Resolved = resource;
            return resource;
        }
        return null;
    }

    // Apart from Find, whose every call would pay for the closure.
    private Resource? FindDerived<T>(string container, string name) where T : Resource
        => resources.Where(r => r.Key.Container == container && r.Key.Name == name && r.Value is T).Select(r => r.Value).FirstOrDefault();

    /// <summary>The resource behind a handle.</summary>
    /// <exception cref="EngineException">NOT_FOUND when it does not exist (any more), INVALID_ARGUMENT when it is something else.</exception>
    public T Lookup<T>(ResourceHandle handle) where T : Resource
    {
        if (Find<T>(handle) is { } found)
            return found;
        if (handle.Resolved is { } other)
            throw EngineException.InvalidArgument($"Trying to access resource '{handle.Name}' located in container '{handle.Container}' as {typeof(T).Name}, but it is a {other.Kind}.");
        throw EngineException.NotFound($"Resource {handle.Container}/{handle.Name}/{typeof(T).Name} does not exist.");
    }

    /// <summary>Makes a resource reachable under a name.</summary>
    /// <exception cref="EngineException">ALREADY_EXISTS when the name is taken.</exception>
    public void Add<T>(string container, string name, T resource) where T : Resource
    {
        if (!resources.TryAdd((container, name, typeof(T)), resource))
            throw EngineException.AlreadyExists($"Resource {container}/{name}/{typeof(T).Name} already exists.");
    }

    /// <summary>Deletes the resource behind a handle, whatever its type; false when there is none.</summary>
    public bool Delete(ResourceHandle handle)
    {
        var found = false;
        foreach (var (key, resource) in resources)
        {
            if (key.Container == handle.Container && key.Name == handle.Name && resources.TryRemove(key, out _))
            {
                resource.Dispose();
                found = true;
            }
        }
        if (!found && handle.Resolved is { } anonymous)
        {
            anonymous.Dispose();
            return true;
        }
        return found;
    }

    /// <summary>Deletes everything in a container.</summary>
    public void Clear(string container)
    {
        foreach (var (key, resource) in resources)
        {
            if (key.Container == container && resources.TryRemove(key, out _))
                resource.Dispose();
        }
    }

    /// <summary>All resources of a type, with their names.</summary>
    public IEnumerable<(string Container, string Name, T Resource)> OfType<T>() where T : Resource
        => resources.Where(r => r.Value is T).Select(r => (r.Key.Container, r.Key.Name, (T)r.Value));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (key, resource) in resources)
        {
            if (resources.TryRemove(key, out _))
                resource.Dispose();
        }
    }
}
