using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Makes variables: by name in scopes (<c>tf.get_variable</c>), or from an initial value (<c>tf.Variable</c>).</summary>
public static class VariableBuilding
{
    /// <summary>
    /// Enters a variable scope, and with it a scope of names, until disposed. Variables asked for by name get the scope's name in front.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name, added to that of the scope around it.</param>
    /// <param name="reuse">Whether variables are made or found.</param>
    /// <param name="initializer">The initializer where none is given.</param>
    /// <param name="partitioner">How <see cref="GetPartitionedVariable"/> splits where nothing is said.</param>
    /// <param name="useResource">Whether variables are resource variables.</param>
    /// <param name="type">The element type where none is given.</param>
    public static IDisposable VariableScope(this Graph graph, string name, Reuse reuse = Reuse.Inherit, Initializer? initializer = null,
        Partitioner? partitioner = null, bool? useResource = null, DType type = DType.Invalid)
    {
        var outer = graph.VariableStore.Scope;
        var scope = new VariableScope(outer.FullName(name), reuse == Reuse.Inherit || outer.Reuse == Reuse.Always ? outer.Reuse : reuse,
            initializer ?? outer.Initializer, partitioner ?? outer.Partitioner, useResource ?? outer.UseResource, type == DType.Invalid ? outer.Type : type);
        var names = graph.NameScope(name);
        graph.VariableStore.Enter(scope);
        return new Exit(graph, names);
    }

    /// <summary>The variable of this name in the current variable scope: made, or found where the scope reuses variables.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name.</param>
    /// <param name="shape">The shape; may be left out when the initializer or the variable found has one.</param>
    /// <param name="type">The element type; that of the scope by default.</param>
    /// <param name="initializer">The initial value; by default the scope's, else Glorot's uniform values for floats and zeros for other numbers.</param>
    /// <param name="trainable">Whether optimizers change it; yes by default.</param>
    /// <param name="collections">The collections it joins; <see cref="GraphKeys.GlobalVariables"/> by default.</param>
    /// <param name="useResource">Whether it is a resource variable; as the scope says by default.</param>
    /// <param name="synchronization">Kept for other readers.</param>
    /// <param name="aggregation">Kept for other readers.</param>
    /// <exception cref="EngineException">ALREADY_EXISTS or NOT_FOUND, as the scope says; INVALID_ARGUMENT for another shape or type than it has.</exception>
    public static GraphVariable GetVariable(this Graph graph, string name, Shape? shape = null, DType type = DType.Invalid, Initializer? initializer = null,
        bool? trainable = null, IEnumerable<string>? collections = null, bool? useResource = null,
        VariableSynchronization synchronization = VariableSynchronization.Auto, VariableAggregation aggregation = VariableAggregation.None)
    {
        var scope = graph.VariableStore.Scope;
        var full = scope.FullName(name);
        initializer ??= scope.Initializer;
        if (initializer is { Type: not DType.Invalid })
            type = initializer.Type;
        return graph.VariableStore.Get(full, scope.Reuse, Create, v => Check(v.Name, v.Shape, v.Type, shape, type));

        GraphVariable Create()
        {
            var made = type == DType.Invalid ? scope.Type : type;
            return new VariableMaker(graph)
            {
                Type = made,
                UseResource = useResource ?? scope.UseResource,
                Trainable = trainable,
                Collections = collections,
                Synchronization = synchronization,
                Aggregation = aggregation,
            }.FromInitializer(full, shape ?? initializer?.Shape ?? throw NoShape(full), initializer ?? Default(full, made));
        }
    }

    /// <summary>The partitioned variable of this name in the current variable scope: made, or found where the scope reuses variables.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name.</param>
    /// <param name="shape">The shape of the whole.</param>
    /// <param name="partitioner">How it is split; as the scope says by default.</param>
    /// <param name="type">The element type; that of the scope by default.</param>
    /// <param name="initializer">The initial value, as for <see cref="GetVariable"/>.</param>
    /// <param name="trainable">Whether optimizers change it; yes by default.</param>
    /// <param name="collections">The collections its parts join; <see cref="GraphKeys.GlobalVariables"/> by default.</param>
    /// <param name="useResource">Whether its parts are resource variables; as the scope says by default.</param>
    /// <exception cref="EngineException">As for <see cref="GetVariable"/>; INVALID_ARGUMENT also for a split that cannot be.</exception>
    public static PartitionedVariable GetPartitionedVariable(this Graph graph, string name, Shape shape, Partitioner? partitioner = null,
        DType type = DType.Invalid, Initializer? initializer = null, bool? trainable = null, IEnumerable<string>? collections = null, bool? useResource = null)
    {
        var scope = graph.VariableStore.Scope;
        var full = scope.FullName(name);
        initializer ??= scope.Initializer;
        if (initializer is { Type: not DType.Invalid })
            type = initializer.Type;
        return graph.VariableStore.Get(full, scope.Reuse, Create, v => Check(v.Name, v.Shape, v.Type, shape, type));

        PartitionedVariable Create()
        {
            var made = type == DType.Invalid ? scope.Type : type;
            var split = (partitioner ?? scope.Partitioner ?? Partitioners.FixedSize(1))(shape, made);
            var slices = Slices(full, shape, split);
            return new(full, shape, [.. slices.Select((slice, i) => new VariableMaker(graph)
            {
                Type = made,
                UseResource = useResource ?? scope.UseResource,
                Trainable = trainable,
                Collections = collections,
                Slice = slice,
            }.FromInitializer($"{full}/part_{i}", slice.Shape, initializer ?? Default(full, made)))], split);
        }
    }

    /// <summary>A variable that starts as a constant. The tensor is shared, not copied.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="initialValue">The initial value, which decides shape and type.</param>
    /// <param name="name">The name, made unique within the scope of names.</param>
    /// <param name="trainable">Whether optimizers change it; yes by default.</param>
    /// <param name="collections">The collections it joins; <see cref="GraphKeys.GlobalVariables"/> by default.</param>
    /// <param name="useResource">Whether it is a resource variable; as the variable scope says by default.</param>
    public static GraphVariable NewVariable(this Graph graph, Tensor initialValue, string name = "Variable", bool? trainable = null,
        IEnumerable<string>? collections = null, bool? useResource = null)
        => Maker(graph, initialValue.Type, trainable, collections, useResource).FromTensor(name, initialValue);

    /// <summary>A variable that starts as a value of the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="initialValue">The initial value, which decides shape and type.</param>
    /// <param name="name">The name, made unique within the scope of names.</param>
    /// <param name="trainable">Whether optimizers change it; yes by default.</param>
    /// <param name="collections">The collections it joins; <see cref="GraphKeys.GlobalVariables"/> by default.</param>
    /// <param name="useResource">Whether it is a resource variable; as the variable scope says by default.</param>
    public static GraphVariable NewVariable(this Graph graph, Value initialValue, string name = "Variable", bool? trainable = null,
        IEnumerable<string>? collections = null, bool? useResource = null)
        => Maker(graph, initialValue.Type.Base(), trainable, collections, useResource).FromValue(name, initialValue);

    /// <summary>A variable that starts as a number.</summary>
    public static GraphVariable NewVariable<T>(this Graph graph, T initialValue, string name = "Variable", bool? trainable = null) where T : unmanaged
        => graph.NewVariable(Tensor.Scalar(initialValue), name, trainable);

    /// <summary>The variable that counts steps (<c>tf.train.get_or_create_global_step</c>): the only one of its collection, or a new one of 64 bits.</summary>
    public static GraphVariable GetOrCreateGlobalStep(this Graph graph)
    {
        if (graph.Collections.Get<GraphVariable>(GraphKeys.GlobalStep) is [var step, ..])
            return step;
        return graph.GetVariable("global_step", Shape.Scalar, DType.Int64, Initializers.Zeros, trainable: false,
            collections: [GraphKeys.GlobalVariables, GraphKeys.GlobalStep], aggregation: VariableAggregation.OnlyFirstReplica);
    }

    /// <summary>The variables that are saved.</summary>
    public static IReadOnlyList<GraphVariable> GlobalVariables(this Graph graph) => graph.Collections.Get<GraphVariable>(GraphKeys.GlobalVariables);

    /// <summary>The variables that optimizers change.</summary>
    public static IReadOnlyList<GraphVariable> TrainableVariables(this Graph graph) => graph.Collections.Get<GraphVariable>(GraphKeys.TrainableVariables);

    /// <summary>The variables that are not saved.</summary>
    public static IReadOnlyList<GraphVariable> LocalVariables(this Graph graph) => graph.Collections.Get<GraphVariable>(GraphKeys.LocalVariables);

    /// <summary>Adds a node that initialises all variables that are saved.</summary>
    public static Node GlobalVariablesInitializer(this Graph graph) => graph.Group([.. graph.GlobalVariables().Select(v => v.Initializer)], "init");

    /// <summary>Adds a node that initialises all variables that are not saved.</summary>
    public static Node LocalVariablesInitializer(this Graph graph) => graph.Group([.. graph.LocalVariables().Select(v => v.Initializer)], "init");

    /// <summary>Adds a node that initialises these variables.</summary>
    public static Node VariablesInitializer(this Graph graph, IEnumerable<GraphVariable> variables, string name = "init")
        => graph.Group([.. variables.Select(v => v.Initializer)], name);

    /// <summary>Adds a node that fills all tables.</summary>
    public static Node TablesInitializer(this Graph graph, string name = "init_all_tables")
        => graph.Group(graph.Collections.Get<Node>(GraphKeys.TableInitializers), name);

    /// <summary>Adds a node that does nothing and is done when these are (<c>tf.group</c>).</summary>
    public static Node Group(this Graph graph, IReadOnlyList<Node> nodes, string name = "group_deps")
    {
        var group = graph.NewNode("NoOp", name);
        foreach (var node in nodes.Distinct())
            group.After(node);
        return group.Build();
    }

    private static VariableMaker Maker(Graph graph, DType type, bool? trainable, IEnumerable<string>? collections, bool? useResource) => new(graph)
    {
        Type = type,
        UseResource = useResource ?? graph.VariableStore.Scope.UseResource,
        Trainable = trainable,
        Collections = collections,
    };

    private static Initializer Default(string name, DType type)
    {
        if (type.IsFloating())
            return Initializers.GlorotUniform();
        if (type.IsInteger() || type is DType.Bool or DType.Complex64 or DType.Complex128)
            return Initializers.Zeros;
        throw EngineException.InvalidArgument($"Variable {name} of type {type.Name()} needs an initializer.");
    }

    private static void Check(string name, PartialShape has, DType hasType, Shape? wanted, DType wantedType)
    {
        if (wanted is not null && !has.IsCompatibleWith(wanted))
            throw EngineException.InvalidArgument($"Variable {name} has shape {has}, not {wanted}.");
        if (wantedType != DType.Invalid && wantedType != hasType)
            throw EngineException.InvalidArgument($"Variable {name} is {hasType.Name()}, not {wantedType.Name()}.");
    }

    private static EngineException NoShape(string name) => EngineException.InvalidArgument($"Variable {name} needs a shape, or an initializer that has one.");

    // Of n rows in p parts the first n mod p parts get one row more.
    private static List<SaveSlice> Slices(string name, Shape shape, IReadOnlyList<int> split)
    {
        var axis = split.Index().FirstOrDefault(s => s.Item > 1).Index;
        if (split.Count != shape.Rank || split.Any(s => s < 1) || split.Count(s => s > 1) > 1 || (shape.Rank > 0 && split[axis] > shape[axis]))
            throw EngineException.InvalidArgument($"Variable {name} of shape {shape} cannot be split into [{string.Join(", ", split)}] parts.");
        var slices = new List<SaveSlice>();
        if (shape.Rank == 0)
            throw EngineException.InvalidArgument($"Variable {name} is a scalar, which cannot be split.");
        var at = 0L;
        for (var i = 0; i < split[axis]; i++)
        {
            var rows = shape[axis] / split[axis] + (i < shape[axis] % split[axis] ? 1 : 0);
            var offset = new long[shape.Rank];
            offset[axis] = at;
            slices.Add(new(name, shape, offset, shape.With(axis, rows)));
            at += rows;
        }
        return slices;
    }

    private sealed class Exit(Graph graph, IDisposable names) : IDisposable
    {
        private bool done;

        public void Dispose()
        {
            if (done)
                return;
            done = true;
            graph.VariableStore.Leave();
            names.Dispose();
        }
    }
}
