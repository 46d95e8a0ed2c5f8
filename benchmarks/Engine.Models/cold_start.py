"""Loads a benchmark model, runs it once on its input and prints the outputs: what a cold start of a peer is.

    python cold_start.py MODEL_DIR tensorflow|onnxruntime
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np

folder, peer = sys.argv[1:]
with open(f"{folder}/io.json") as f:
    io = json.load(f)
with np.load(f"{folder}/input.npz") as z:
    feeds = {k: z[k] for k in z.files}
if peer == "tensorflow":
    import tensorflow as tf

    model = tf.saved_model.load(f"{folder}/saved_model")
    outputs = model.signatures[io["signature"]](**{k: tf.constant(v) for k, v in feeds.items()})
    for key, value in outputs.items():
        print(key, value.numpy())
else:
    import onnxruntime as ort

    session = ort.InferenceSession(f"{folder}/model.onnx", providers=["CPUExecutionProvider"])
    for value in session.run(None, {io["inputs"][k]["onnx"]: v for k, v in feeds.items()}):
        print(value)
