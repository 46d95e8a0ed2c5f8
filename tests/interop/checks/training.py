"""Training goes on from our checkpoint, in our copy of the graph."""
import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1


def check(folder, case):
    with tf.Graph().as_default(), tf1.Session() as session:
        saver = tf1.train.import_meta_graph(case['prefix'] + '.meta')
        saver.restore(session, case['prefix'])
        first = int(case['first'][0])
        assert tf1.train.global_step(session, tf1.train.get_global_step()) == 3 + first
        for i, expected in enumerate(case['losses']):
            x = np.sin(np.arange(32) * (i + first + 4)).astype(np.float32).reshape(8, 4)
            loss = session.run(['loss:0', 'train'], {'net/x:0': x})[0]
            np.testing.assert_allclose(loss, expected, rtol=1e-6 if first == 0 else 1e-4)
