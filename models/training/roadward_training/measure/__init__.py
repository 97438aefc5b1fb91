"""How good an answer is: measures, and exported folds run in ONNX Runtime."""
