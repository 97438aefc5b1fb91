"""Training of Roadward's fold ensembles on State-Farm-shaped data."""

import os

# ONNX Runtime reports to a host of Microsoft's unless this is set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
