"""A SavedModel: both of TensorFlow's loaders answer as expected."""
import os

import tensorflow as tf

from . import tensors

tf1 = tf.compat.v1


def same_objects(original, loaded):
    names = [sorted(n for n in vars(o) if not n.startswith('_')) for o in (original, loaded)]
    assert names[0] == names[1], names
    for name in names[0]:
        value, other = getattr(original, name), getattr(loaded, name)
        if isinstance(value, tf.Variable):
            assert (value.numpy() == other.numpy()).all(), name
        assert callable(value) == callable(other), name


def check(folder, case):
    model = os.path.join(folder, 'model')
    inputs = {name: tensors.decode(t) for name, t in case['inputs'].items()}
    outputs = {name: tensors.decode(t) for name, t in case['outputs'].items()}
    assert tf1.saved_model.maybe_saved_model_directory(model)
    with tf.Graph().as_default(), tf1.Session() as session:
        graph = tf1.saved_model.load(session, case['tags'], model)
        signature = graph.signature_def['serving_default']
        actual = session.run({name: signature.outputs[name].name for name in outputs}, {signature.inputs[name].name: value for name, value in inputs.items()})
        for name, value in outputs.items():
            tensors.close(name, actual[name], value)
        for key, definition in graph.signature_def.items():
            for info in list(definition.inputs.values()) + list(definition.outputs.values()):
                if info.WhichOneof('encoding') in ('name', 'coo_sparse', 'composite_tensor') and not key.startswith('__'):
                    tf1.saved_model.get_tensor_from_tensor_info(info)
            if key in ('classify', 'regress'):
                assert tf1.saved_model.is_valid_signature(definition), key
    loaded = tf.saved_model.load(model, tags=case['tags'])
    if 'original' in case:
        same_objects(tf.saved_model.load(case['original']), loaded)
    actual = loaded.signatures['serving_default'](**{name: tf.constant(value) for name, value in inputs.items()})
    for name, value in outputs.items():
        tensors.close(name, actual[name].numpy(), value)
