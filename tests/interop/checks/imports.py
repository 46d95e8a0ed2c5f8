"""Graphs imported into graphs."""
import os

import tensorflow as tf

tf1 = tf.compat.v1


def read(folder, name):
    result = tf1.GraphDef()
    with open(os.path.join(folder, name), 'rb') as file:
        result.ParseFromString(file.read())
    return result


def nodes(graph_def):
    return {n.name: (n.op, [i for i in n.input if i[0] != '^'], sorted(i for i in n.input if i[0] == '^'), list(n.attr['_class'].list.s)) for n in graph_def.node}


def check(folder, case):
    whole = read(folder, 'whole.pb')
    meta = os.path.join(folder, 'whole.meta')
    with tf.Graph().as_default() as graph:
        k = tf1.placeholder(tf.float32, [2], name='k')
        tf.import_graph_def(whole, name='')
        tf.import_graph_def(whole, name='')
        tf.import_graph_def(whole, name='p')
        tf.import_graph_def(whole, name='p', input_map={'outer': k})
        with tf1.name_scope('s'):
            tf.import_graph_def(whole, name='p')
        tf1.train.import_meta_graph(meta, import_scope='q')
        saver = tf1.train.import_meta_graph(meta, import_scope='q')
        assert case['second'] == saver.saver_def.restore_op_name, (case['second'], saver.saver_def.restore_op_name)
        expected = nodes(graph.as_graph_def())
    actual = nodes(read(folder, 'several.pb'))
    assert set(expected) == set(actual), (set(expected) - set(actual), set(actual) - set(expected))
    for node, value in expected.items():
        assert actual[node] == value, f'{node}: {actual[node]}, not {value}'

    # What TensorFlow names the inputs of a scope, and that it takes ours.
    with tf.Graph().as_default():
        tf1.train.import_meta_graph(meta)
        scope = tf1.train.export_meta_graph(export_scope='in')
    ours = tf1.MetaGraphDef()
    with open(os.path.join(folder, 'scope.meta'), 'rb') as file:
        ours.ParseFromString(file.read())
    assert nodes(scope.graph_def) == nodes(ours.graph_def), (scope.graph_def, ours.graph_def)
    unbound = [list(m.collection_def['unbound_inputs'].bytes_list.value) for m in (scope, ours)]
    assert sorted(set(unbound[0])) == sorted(unbound[1]), unbound
    with tf.Graph().as_default() as graph:
        a = tf.constant([1., 2.])
        inputs = {'$unbound_inputs_outer': a, '$unbound_inputs_split:1': tf.constant([10.])}
        tf1.train.import_meta_graph(ours, import_scope='T', input_map=inputs)
        with tf1.Session() as session:
            session.run(tf1.global_variables_initializer())
            assert session.run('T/y:0').tolist() == [12, 13]
