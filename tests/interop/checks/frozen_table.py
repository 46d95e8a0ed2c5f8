"""A graph without variables, and with a table."""
import os

import tensorflow as tf

from . import tensors

tf1 = tf.compat.v1


def check(folder, case):
    graphs = {}
    for name in 'whole', 'frozen':
        graphs[name] = tf1.GraphDef()
        with open(os.path.join(folder, name + '.pb'), 'rb') as file:
            graphs[name].ParseFromString(file.read())
    kept = tf1.graph_util.extract_sub_graph(graphs['whole'], ['y', case['init']])
    names = [sorted(n.name for n in g.node) for g in (kept, graphs['frozen'])]
    assert names[0] == names[1], names
    with tf.Graph().as_default(), tf1.Session() as session:
        tf.import_graph_def(graphs['frozen'], name='')
        session.run(case['init'])
        actual = session.run('y:0', {name: tensors.decode(t) for name, t in case['inputs'].items()})
        tensors.close('y', actual, tensors.decode(case['outputs']['y:0']))
