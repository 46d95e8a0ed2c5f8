"""The nodes that variables and savers add."""
import os

import tensorflow as tf

tf1 = tf.compat.v1
V1 = tf1.train.SaverDef.V1
SAVERS = {'plain': {}, 'reshape': {'reshape': True}, 'sequential': {'restore_sequentially': True}, 'sharded': {'sharded': True},
          'v1': {'write_version': V1}, 'v1_sharded': {'write_version': V1, 'sharded': True}}


def simple(**options):
    tf1.get_variable('v1', shape=[3], initializer=tf1.zeros_initializer())
    tf1.get_variable('v2', shape=[5], initializer=tf1.ones_initializer())
    tf1.Variable(3.0, name='a3')
    tf1.train.Saver(**options)


def devices():
    with tf.device('/job:ps/task:0/cpu:0'):
        tf1.get_variable('a', [2])
    with tf.device('/job:ps/task:1'):
        tf1.get_variable('b', [2], initializer=tf1.zeros_initializer())
    with tf.device('/cpu:0'):
        tf1.Variable([1., 2.], name='c')
    tf1.train.Saver(sharded=True)


def partitioned():
    with tf1.variable_scope('s', partitioner=tf1.fixed_size_partitioner(3)):
        tf1.get_variable('p', [7, 2], initializer=tf1.random_uniform_initializer(-1, 1))
        tf1.get_variable('q', [7, 2])
    tf1.train.Saver()


def partitioners():
    axis_size, min_max = tf1.variable_axis_size_partitioner, tf1.min_max_variable_partitioner
    for name, partitioner in {
            'axis_size': axis_size(64), 'axis_size_1': axis_size(100, axis=1), 'axis_size_2_at_most': axis_size(64, max_shards=2),
            'min_max': min_max(3, min_slice_size=40), 'min_max_1': min_max(10, axis=1, min_slice_size=100), 'min_max_large': min_max(4)}.items():
        for size, shape in ('small', [3, 2]), ('large', [23, 7]):
            tf1.get_variable(f'{name}_{size}', shape, initializer=tf1.ones_initializer(), partitioner=partitioner)
    tf1.train.Saver()


def initializers():
    with tf1.variable_scope('net'):
        tf1.get_variable('zeros', [2000], initializer=tf1.zeros_initializer())
        tf1.get_variable('ones', [2, 3], tf.int32, initializer=tf1.ones_initializer())
        tf1.get_variable('normal', [2, 3], initializer=tf1.random_normal_initializer())
        tf1.get_variable('truncated', [2, 3], initializer=tf1.truncated_normal_initializer(stddev=0.5))
        tf1.get_variable('constant', [2, 3], initializer=tf1.constant_initializer(4))
        tf1.get_variable('scaled', [3, 3, 4, 5], initializer=tf1.variance_scaling_initializer())
        tf1.get_variable('default', [3, 4])
        tf1.get_variable('counts', [3], tf.int64)
        with tf1.variable_scope('inner'):
            tf1.get_variable('w', [2])
        tf1.train.get_or_create_global_step()
    tf1.global_variables_initializer()


def several():
    a = tf1.get_variable('a', [2])
    tf1.train.Saver({'x': a})
    tf1.train.Saver([a], name='mine')
    with tf1.name_scope('inner'):
        tf1.train.Saver([a])
    tf1.train.Saver([a], filename='/tmp/q')


def nodes(graph_def):
    result = {}
    for node in graph_def.node:
        data = [i for i in node.input if not i.startswith('^')]
        after = sorted(i for i in node.input if i.startswith('^'))
        attrs = {}
        for key, value in node.attr.items():
            # A tensor may be written in several ways; the mark is Python's own.
            if key == 'value':
                attrs[key] = (value.tensor.dtype, tf.make_ndarray(value.tensor).tolist())
            elif key != '_has_manual_control_dependencies':
                attrs[key] = value.SerializeToString(deterministic=True)
        result[node.name] = (node.op, data, after, node.device, attrs)
    return result


def check(folder, case):
    name, kind = case['name'].rsplit('_', 1)
    actual = tf1.GraphDef()
    with open(os.path.join(folder, 'graph.pb'), 'rb') as file:
        actual.ParseFromString(file.read())
    before = tf1.resource_variables_enabled()
    (tf1.enable_resource_variables if kind == 'resource' else tf1.disable_resource_variables)()
    try:
        with tf.Graph().as_default() as graph:
            if name in SAVERS:
                simple(**SAVERS[name])
            else:
                globals()[name]()
            expected = graph.as_graph_def()
    finally:
        (tf1.enable_resource_variables if before else tf1.disable_resource_variables)()
    expected, actual = nodes(expected), nodes(actual)
    assert list(expected) and set(expected) == set(actual), (set(expected) - set(actual), set(actual) - set(expected))
    for node, value in expected.items():
        assert actual[node] == value, f'{node}: {actual[node]}, not {value}'
