"""Make test/fixtures/preparation: what torchvision, PIL and OpenCV make of one synthetic picture.

    pip install torch==2.13.0 torchvision==0.28.0 opencv-python-headless
    python models/training/tools/make_reference_tensors.py test/fixtures/preparation

index.json lists {name, preparation (as in a manifest), shape, dtype, file, maker}. Files are zlib-compressed and
little-endian: uint8 [H,W,3] RGB after crop, mirror, resize and extra step, before colour order and scale; or
float32 [1,3,H,W] after everything.
"""

from __future__ import annotations

import argparse
import importlib
import json
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

REPORT_MEAN = [0.31633861, 0.38164441, 0.37510719]  # the report's IMG_MEAN and IMG_STD, RGB
REPORT_STD = [0.28836174, 0.32873901, 0.33058995]

TRANSFORMS = "torchvision.transforms.functional"

Pixels = NDArray[np.uint8]


def load_transforms() -> Any:
    """torchvision.transforms.functional; a CUDA build of torchvision beside a CPU build of torch will do."""
    try:
        return importlib.import_module(TRANSFORMS)
    except RuntimeError:  # its import describes these two operators, which only the compiled part defines
        for operator in ("nms", "qnms"):
            torch.library.define(
                f"torchvision::{operator}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
            )
        return importlib.import_module(TRANSFORMS)


def synthetic_picture(seed: int = 20, width: int = 640, height: int = 480) -> Pixels:
    """Gradients, colour bars, text-like edges, fine stripes, a patch of noise; [height, width, 3] RGB."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width]
    picture = np.stack(
        [
            columns * 255 // (width - 1),
            rows * 255 // (height - 1),
            255 - (rows + columns) * 255 // (height + width - 2),
        ],
        2,
    )
    picture = np.ascontiguousarray(picture.astype(np.uint8))
    for bar in range(12):
        picture[40:110, 30 + bar * 24 : 50 + bar * 24] = rng.integers(0, 256, 3)
    picture[140:220, 60:220] = np.where((columns[140:220, 60:220] // 3) % 2 == 0, 240, 20)[..., None]
    picture[240:320, 60:220] = np.where((rows[240:320, 60:220] // 5) % 2 == 0, 200, 60)[..., None]
    for line, text in enumerate(["Roadward 0123", "c0 c1 c2 c3 c4", "|/-\\ edges"]):
        cv2.putText(
            picture,
            text,
            (260, 180 + 44 * line),
            cv2.FONT_HERSHEY_SIMPLEX,
            1.2,
            (250 - 90 * line, 30, 90 * line),
            2,
        )
    cv2.circle(picture, (520, 90), 60, (255, 255, 255), 3, cv2.LINE_AA)
    cv2.circle(picture, (520, 90), 40, (10, 10, 10), -1)
    picture[330:430, 380:520] = rng.integers(0, 256, (100, 140, 3))
    for _ in range(30):
        start, end = (tuple(int(v) for v in rng.integers((0, 330), (360, height))) for _ in range(2))
        cv2.line(
            picture,
            start,
            end,
            tuple(int(v) for v in rng.integers(0, 256, 3)),
            int(rng.integers(1, 4)),
            cv2.LINE_AA,
        )
    return picture


def resize(width: int, height: int, interpolation: str, antialias: bool) -> dict[str, Any]:
    return {"width": width, "height": height, "interpolation": interpolation, "antialias": antialias}


def crop(height: int, width: int) -> dict[str, int]:
    return {"height": height, "width": width}


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Names and the parts of the preparation that differ from the default."""
    return [
        ("crop-320x480-bicubic-299", {"crop": crop(320, 480), "resize": resize(299, 299, "bicubic", True)}),
        ("bilinear-331", {"resize": resize(331, 331, "bilinear", True)}),
        ("bilinear-224", {"resize": resize(224, 224, "bilinear", True)}),
        ("bicubic-224", {"resize": resize(224, 224, "bicubic", True)}),
        ("area-80x60", {"resize": resize(80, 60, "area", False)}),
        ("gradient-bilinear-224", {"resize": resize(224, 224, "bilinear", True), "extra": "gradient"}),
        ("mirror-area-224x168", {"mirror": True, "resize": resize(224, 168, "area", False)}),
        ("plain-bilinear-224", {"resize": resize(224, 224, "bilinear", False)}),
        (
            "crop-501x701-padded-bilinear-224",
            {"crop": crop(501, 701), "resize": resize(224, 224, "bilinear", True)},
        ),
        ("crop-201x301-only", {"crop": crop(201, 301), "resize": resize(301, 201, "bilinear", True)}),
        ("crop-203x303-only", {"crop": crop(203, 303), "resize": resize(303, 203, "area", False)}),
        ("bgr-bilinear-80x60", {"resize": resize(80, 60, "bilinear", True), "colorOrder": "BGR"}),
    ]


NORMALISED = ("area-80x60", "bgr-bilinear-80x60")


def gradient(picture: Pixels) -> Pixels:
    """The report's Sobel step, on each channel."""
    across, down = (cv2.convertScaleAbs(cv2.Sobel(picture, cv2.CV_16S, *order)) for order in ((1, 0), (0, 1)))
    return np.asarray(cv2.addWeighted(across, 0.5, down, 0.5, 0), dtype=np.uint8)


def prepared(picture: Pixels, preparation: dict[str, Any], functional: Any) -> Pixels:
    """uint8 RGB after crop, mirror, resize and extra step."""
    image = Image.fromarray(picture)
    if "crop" in preparation:
        image = functional.center_crop(image, [preparation["crop"]["height"], preparation["crop"]["width"]])
    if preparation["mirror"]:
        image = functional.hflip(image)
    goal = preparation["resize"]
    if goal["antialias"]:
        mode = functional.InterpolationMode(goal["interpolation"])
        result = np.asarray(functional.resize(image, [goal["height"], goal["width"]], mode))
    else:
        mode = {"area": cv2.INTER_AREA, "bilinear": cv2.INTER_LINEAR}[goal["interpolation"]]
        result = cv2.resize(np.asarray(image), (goal["width"], goal["height"]), interpolation=mode)
    return gradient(result) if preparation["extra"] == "gradient" else np.asarray(result, dtype=np.uint8)


def normalised(pixels: Pixels, preparation: dict[str, Any], functional: Any) -> NDArray[np.float32]:
    """float32 [1,3,H,W] in the preparation's colour order."""
    ordered = pixels if preparation["colorOrder"] == "RGB" else pixels[:, :, ::-1]
    scaled = functional.to_tensor(np.ascontiguousarray(ordered))
    return np.asarray(functional.normalize(scaled, preparation["mean"], preparation["std"])[None].numpy(), dtype="<f4")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the reference tensors of the preparation tests.")
    parser.add_argument("out", type=Path, help="folder to write, for example test/fixtures/preparation")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    functional = load_transforms()
    picture = synthetic_picture()
    Image.fromarray(picture).save(out / "picture.png", optimize=True)
    index: list[dict[str, Any]] = []

    def keep(name: str, preparation: dict[str, Any], values: NDArray[Any]) -> None:
        file = f"{name}.bin.z"
        (out / file).write_bytes(zlib.compress(values.tobytes(), 9))
        antialias = preparation["resize"]["antialias"]
        maker = "torchvision on PIL" if antialias else "torchvision crop and flip, OpenCV resize"
        index.append(
            {
                "name": name,
                "preparation": preparation,
                "shape": list(values.shape),
                "dtype": str(values.dtype),
                "file": file,
                "maker": maker,
            }
        )

    for name, differing in cases():
        order = differing.get("colorOrder", "RGB")
        step = 1 if order == "RGB" else -1
        preparation = {
            "mirror": False,
            "extra": "none",
            "colorOrder": order,
            "scale": 1 / 255,
            "mean": REPORT_MEAN[::step],
            "std": REPORT_STD[::step],
            **differing,
        }
        pixels = prepared(picture, preparation, functional)
        keep(name, preparation, pixels)
        if name in NORMALISED:
            keep(f"{name}-normalised", preparation, normalised(pixels, preparation, functional))
    document = {"picture": "picture.png", "cases": index}
    (out / "index.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
