"""Shaped pictures on disk, made once and mapped into memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import TrainingError
from .prepare import Preparation, five_crops, preparation, resize, shaped
from .statefarm import Picture, Pictures, read_original

VIEWS = 5  # of a five-crop set: the centre, then the corners


def _refuse_small(picture: Pictures, prepare: Preparation, path: Path) -> None:
    """A crop larger than the picture would teach the network black borders."""
    crop = prepare.get("crop")
    rows, columns = picture.shape[:2]
    if crop and (rows < crop["height"] or columns < crop["width"]):
        raise TrainingError(
            f"{path} is {columns}x{rows}, smaller than the crop of {crop['width']}x{crop['height']}. "
            "Train on pictures of the original size, or with --crop none."
        )


def _views(picture: Pictures, prepare: Preparation, five: bool) -> list[Pictures]:
    if not five:
        return [shaped(picture, prepare)]
    crop = prepare["crop"]
    return [
        resize(np.ascontiguousarray(view), prepare["resize"])
        for view in five_crops(picture, crop["height"], crop["width"])
    ]


def shape_pictures(pictures: Sequence[Picture], prepare: Preparation, cache: Path, five: bool = False) -> Pictures:
    """RGB [N, height, width, 3], or with ``five`` [5N, ...]: all centres, then each corner; see ``VIEWS``."""
    if five and not prepare.get("crop"):
        raise TrainingError("Five crops need the size of a crop: add --crop HEIGHTxWIDTH.")
    width, height = (prepare["resize"][side] for side in ("width", "height"))
    listing = "\n".join(str(picture.path.resolve()) for picture in pictures)
    steps = json.dumps([five, prepare.get("crop"), prepare["mirror"], prepare["resize"]])
    plain = preparation(width, height, prepare["mean"], prepare["std"])
    if steps == json.dumps([False, None, False, plain["resize"]]):
        steps = f"{width}x{height}"  # the name that such a file always had
    key = hashlib.sha256(f"{steps}\n{listing}".encode()).hexdigest()[:12]
    target = cache / f"pictures-{width}x{height}-{key}.npy"
    if not target.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".partial")
        views = VIEWS if five else 1
        shape = (len(pictures) * views, height, width, 3)
        store = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=shape)
        for index, picture in enumerate(pictures):
            original = read_original(picture.path)
            _refuse_small(original, prepare, picture.path)
            for view, made in enumerate(_views(original, prepare, five)):
                store[view * len(pictures) + index] = made
        store.flush()
        partial.rename(target)
    decoded: Pictures = np.load(target, mmap_mode="r")
    return decoded
