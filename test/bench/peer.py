"""The loop that a user would write in Python today, for `npm run bench -- --peer`.

Same video, same folds, same preparation, library defaults: opencv-python-headless and onnxruntime.
Usage: peer.py ENSEMBLE_FOLDER VIDEO  (prints {"framesPerSecond"})
"""

import json
import os
import sys
import time
from pathlib import Path

import cv2
import numpy as np

# ONNX Runtime reports to a host of Microsoft's unless this is set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime  # noqa: E402

WARM_UP = 20


def prepare(frame: np.ndarray, preparation: dict) -> np.ndarray:
    """BGR HWC uint8 picture to the fold's float32 [1, 3, height, width]."""
    size = preparation["resize"]
    kinds = {"area": cv2.INTER_AREA, "bilinear": cv2.INTER_LINEAR, "bicubic": cv2.INTER_CUBIC}
    small = cv2.resize(frame, (size["width"], size["height"]), interpolation=kinds[size["interpolation"]])
    rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB).astype(np.float32) * preparation["scale"]
    normal = (rgb - np.float32(preparation["mean"])) / np.float32(preparation["std"])
    return np.ascontiguousarray(normal.transpose(2, 0, 1)[None])


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max())
    return e / e.sum()


def main() -> None:
    folder, video = Path(sys.argv[1]), sys.argv[2]
    folds = json.loads((folder / "manifest.json").read_text())["folds"]

    def network(file: str) -> onnxruntime.InferenceSession:
        return onnxruntime.InferenceSession(str(folder / file), providers=["CPUExecutionProvider"])

    # Folds that are prepared alike and begin alike share that work, as in Roadward.
    groups: dict[str, dict] = {}
    for fold in folds:
        trunk = fold.get("trunk", {}).get("file")
        key = json.dumps([fold["preparation"], trunk])
        if key not in groups:
            first = network(trunk) if trunk else None
            groups[key] = {"preparation": fold["preparation"], "trunk": first, "heads": []}
        groups[key]["heads"].append(network(fold["file"]))

    def run(session: onnxruntime.InferenceSession, tensor: np.ndarray) -> np.ndarray:
        return session.run(None, {session.get_inputs()[0].name: tensor})[0]

    capture = cv2.VideoCapture(video)
    frames, started = 0, 0.0
    while True:
        ok, frame = capture.read()
        if not ok:
            break
        outputs = []
        for group in groups.values():
            tensor = prepare(frame, group["preparation"])
            if group["trunk"]:
                tensor = run(group["trunk"], tensor)
            outputs += [softmax(run(head, tensor)[0]) for head in group["heads"]]
        np.mean(outputs, axis=0)
        frames += 1
        if frames == WARM_UP:
            started = time.perf_counter()
    print(json.dumps({"framesPerSecond": (frames - WARM_UP) / (time.perf_counter() - started)}))


if __name__ == "__main__":
    main()
