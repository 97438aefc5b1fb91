"""Make test/fixtures/ensembles/tiny/expected.json: what onnxruntime for Python gives for the reference picture.

    python models/training/tools/make_expected_outputs.py test/fixtures

Holds each fold's raw output and the combined probabilities of every combination at two temperatures, computed
here in NumPy from the definitions, so that the application's whole path can be compared with another one.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

# ONNX Runtime reports to a host of Microsoft's unless this is set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

Vector = NDArray[np.float64]
TEMPERATURES = [1.0, 1.6]


def input_tensor(picture: Image.Image, prepare: dict[str, Any]) -> NDArray[np.float32]:
    """[1,3,H,W] of a picture that is at least as large as the crop."""
    if "crop" in prepare:
        height, width = prepare["crop"]["height"], prepare["crop"]["width"]
        left, top = round((picture.width - width) / 2), round((picture.height - height) / 2)
        picture = picture.crop((left, top, left + width, top + height))
    if prepare["mirror"]:
        picture = ImageOps.mirror(picture)
    goal = prepare["resize"]
    size = (goal["width"], goal["height"])
    if goal["antialias"]:
        mode = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}[goal["interpolation"]]
        pixels = np.asarray(picture.resize(size, mode))
    else:
        pixels = cv2.resize(np.asarray(picture), size, interpolation=cv2.INTER_AREA)
    ordered = pixels if prepare["colorOrder"] == "RGB" else pixels[:, :, ::-1]
    scaled = (ordered * prepare["scale"] - np.array(prepare["mean"])) / np.array(prepare["std"])
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None], dtype=np.float32)


def softmax(values: Vector) -> Vector:
    """Probabilities of logits."""
    powers = np.exp(values - values.max())
    return powers / powers.sum()


def combined(outputs: list[tuple[str, Vector]], weights: Vector, how: str, temperature: float) -> Vector:
    """One distribution; ``outputs`` are pairs of kind and values."""
    probabilities = np.array([softmax(values) if kind == "logits" else values for kind, values in outputs])
    share = (weights / weights.sum())[:, None]
    if how == "mean-probabilities":
        together = (probabilities * share).sum(0)
    elif how == "geometric":
        together = np.prod(probabilities**share, axis=0)
    else:
        logits = [values if kind == "logits" else np.log(values) for kind, values in outputs]
        together = softmax((np.array(logits) * share).sum(0))
    tempered = together ** (1 / temperature)
    return tempered / tempered.sum()


def main() -> None:
    """Write expected.json."""
    parser = argparse.ArgumentParser(description="Make the expected outputs of the tiny ensemble.")
    parser.add_argument("fixtures", type=Path, help="the folder with preparation/ and ensembles/")
    fixtures: Path = parser.parse_args().fixtures
    tiny = fixtures / "ensembles" / "tiny"
    manifest = json.loads((tiny / "manifest.json").read_text(encoding="utf-8"))
    picture = Image.open(fixtures / "preparation" / "picture.png").convert("RGB")
    outputs: list[tuple[str, Vector]] = []
    for fold in manifest["folds"]:
        session = onnxruntime.InferenceSession(tiny / fold["file"], providers=["CPUExecutionProvider"])
        feed = {fold["input"]["name"]: input_tensor(picture, fold["preparation"])}
        (values,) = session.run([fold["output"]["name"]], feed)
        outputs.append((fold["output"]["kind"], np.asarray(values[0], dtype=np.float64)))
    weights = np.array([fold["weight"] for fold in manifest["folds"]], dtype=np.float64)
    document = {
        "picture": "../../preparation/picture.png",
        "folds": [values.tolist() for _, values in outputs],
        "combined": [
            {"combination": how, "temperature": t, "probabilities": combined(outputs, weights, how, t).tolist()}
            for how in ("mean-probabilities", "mean-logits", "geometric")
            for t in TEMPERATURES
        ],
    }
    (tiny / "expected.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
