"""A checkpoint of a Saver, with its meta graph."""
import tensorflow as tf

from . import tensors

tf1 = tf.compat.v1


def check(folder, case):
    expected = {name: tensors.decode(t) for name, t in case['tensors'].items()}
    # TensorFlow's reader of V1 files knows neither parts of tensors nor some types; its op does.
    if 'v1' not in folder:
        reader = tf.train.load_checkpoint(case['prefix'])
        assert set(reader.get_variable_to_shape_map()) == set(expected), reader.get_variable_to_shape_map()
        for name, value in expected.items():
            tensors.same(name, reader.get_tensor(name), value)
    with tf.Graph().as_default(), tf1.Session() as session:
        names = sorted(expected)
        types = [tf.as_dtype(case['tensors'][n]['dtype']) for n in names]
        for name, value in zip(names, session.run(tf.raw_ops.RestoreV2(prefix=case['prefix'], tensor_names=names, shape_and_slices=[''] * len(names), dtypes=types))):
            tensors.same(name, value, expected[name])
    state = tf.train.get_checkpoint_state(folder)
    assert state.model_checkpoint_path == case['prefix'], state
    assert tf.train.latest_checkpoint(folder) == case['prefix']
    through_meta_graph(case)
    through_own_names(case, expected)


def through_meta_graph(case):
    with tf.Graph().as_default() as graph, tf1.Session() as session:
        saver = tf1.train.import_meta_graph(case['meta'])
        saver.restore(session, case['prefix'])
        fetches = {name: tensors.decode(t) for name, t in case['fetches'].items()}
        for name, value in fetches.items():
            tensors.same(name, session.run(name), value)
        variables = {v.op.name for v in tf1.global_variables()}
        assert {name.split(':')[0].replace('/read', '').replace('/Read/ReadVariableOp', '') for name in fetches} <= variables, variables
        # What our graph saves in TensorFlow is what we saved.
        again = saver.save(session, case['prefix'] + '-again')
        if 'v1' not in case['prefix']:
            before, after = tf.train.load_checkpoint(case['prefix']), tf.train.load_checkpoint(again)
            assert before.get_variable_to_shape_map() == after.get_variable_to_shape_map()
        assert graph.get_collection('variables')


def through_own_names(case, expected):
    if any(name.endswith('-keys') for name in expected):
        return
    with tf.Graph().as_default(), tf1.Session() as session:
        variables = {name: tf1.get_variable(f'v{i}', initializer=tf.constant(value), use_resource=True)
                     for i, (name, value) in enumerate(expected.items()) if value.dtype != object}
        tf1.train.Saver(variables).restore(session, case['prefix'])
        for name, variable in variables.items():
            tensors.same(name, session.run(variable), expected[name])
