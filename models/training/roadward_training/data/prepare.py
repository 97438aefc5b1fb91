"""A preparation as manifests have it, and applied: crop, mirror, resize, extra step, colour order, scale, mean, std.

The same as electron/engine/inference, step by step; both are tested with the reference tensors of torchvision, Pillow
and OpenCV in test/fixtures/preparation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor

from .statefarm import Pictures

Preparation = Mapping[str, Any]

OPENCV = {"area": cv2.INTER_AREA, "bilinear": cv2.INTER_LINEAR, "bicubic": cv2.INTER_CUBIC}
PILLOW = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}


def preparation(
    width: int,
    height: int,
    mean: Sequence[float],
    std: Sequence[float],
    *,
    interpolation: str = "area",
    antialias: bool = False,
    color_order: str = "RGB",
    mirror: bool = False,
    crop: Mapping[str, int] | None = None,
    extra: str = "none",
) -> dict[str, Any]:
    """How a frame becomes a tensor; ``mean`` and ``std`` in ``color_order``, on the scale 0..1."""
    return {
        **({"crop": dict(crop)} if crop else {}),
        "mirror": mirror,
        "resize": {"width": width, "height": height, "interpolation": interpolation, "antialias": antialias},
        "extra": extra,
        "colorOrder": color_order,
        "scale": 1 / 255,
        "mean": list(mean),
        "std": list(std),
    }


def centre_crop(picture: Pictures, height: int, width: int) -> Pictures:
    """torchvision's CenterCrop: zeros around a smaller picture, Python's rounding in a larger one."""
    for axis, goal in enumerate((height, width)):
        size = picture.shape[axis]
        if size < goal:
            padding = [(0, 0)] * 3
            padding[axis] = ((goal - size) // 2, (goal - size + 1) // 2)
            picture = np.pad(picture, padding)
        else:
            first = round((size - goal) / 2)
            picture = np.take(picture, range(first, first + goal), axis)
    return picture


def five_crops(picture: Pictures, height: int, width: int) -> list[Pictures]:
    """torchvision's FiveCrop with the centre first; the picture must not be smaller."""
    rows, columns = picture.shape[:2]
    corners = [picture[top:, left:] for top in (0, rows - height) for left in (0, columns - width)]
    return [centre_crop(picture, height, width), *(corner[:height, :width] for corner in corners)]


def resize(picture: Pictures, goal: Mapping[str, Any]) -> Pictures:
    """``antialias`` true: as Pillow and torchvision; false: as OpenCV."""
    size = (goal["width"], goal["height"])
    if picture.shape[1::-1] == size:
        return picture
    if goal["antialias"]:
        return np.asarray(Image.fromarray(picture).resize(size, PILLOW[goal["interpolation"]]))
    return np.asarray(cv2.resize(picture, size, interpolation=OPENCV[goal["interpolation"]]), dtype=np.uint8)


def gradient(picture: Pictures) -> Pictures:
    """The report's Sobel step on each channel: half of the change across and half of the change down."""
    across, down = (cv2.convertScaleAbs(cv2.Sobel(picture, cv2.CV_16S, *order)) for order in ((1, 0), (0, 1)))
    return np.asarray(cv2.addWeighted(across, 0.5, down, 0.5, 0), dtype=np.uint8)


def shaped(picture: Pictures, prepare: Preparation) -> Pictures:
    """RGB of the network's size: crop, mirror and resize, before the extra step."""
    crop = prepare.get("crop")
    if crop:
        picture = centre_crop(picture, crop["height"], crop["width"])
    if prepare["mirror"]:
        picture = np.ascontiguousarray(picture[:, ::-1])
    return resize(np.ascontiguousarray(picture), prepare["resize"])


def extra_step(picture: Pictures, prepare: Preparation) -> Pictures:
    """The extra step of a shaped picture."""
    return gradient(picture) if prepare["extra"] == "gradient" else picture


def normalised(pictures: Pictures, prepare: Preparation) -> Tensor:
    """Shaped RGB [B,H,W,3] -> float32 [B,3,H,W] in the preparation's colour order, in channels-last memory."""
    if prepare["extra"] != "none":
        pictures = np.stack([extra_step(picture, prepare) for picture in pictures])
    if prepare["colorOrder"] == "BGR":
        pictures = pictures[..., ::-1]
    scaled = torch.from_numpy(np.ascontiguousarray(pictures)).float().mul_(prepare["scale"])
    scaled.sub_(torch.tensor(prepare["mean"])).div_(torch.tensor(prepare["std"]))
    return scaled.permute(0, 3, 1, 2)
