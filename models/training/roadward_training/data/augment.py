"""Augmentation of uint8 RGB pictures on the CPU: geometry, colour, and whatever a camera chain does to detail.

No horizontal flip: it would turn c1 (right hand) into c3 (left hand) and c2 into c4.
Blur, re-scaling, noise and JPEG make the folds indifferent to the small Lanczos copies they are trained on;
at run time they see 640x480 pictures scaled down by area.
"""

from __future__ import annotations

import cv2
import numpy as np

from .statefarm import Pictures

Rng = np.random.Generator

HALF_MIX = 0.4  # share of pictures of which a part comes from another driver in the same class
TINT = 0.4
SLOPE = 0.3
ERASE = 0.3
DETAIL = 0.6  # share that is blurred, sharpened, re-scaled or recompressed
NOISE = 0.25


def warp(picture: Pictures, width: int, height: int, rng: Rng) -> Pictures:
    """Small rotation, zoom, stretch, shear and shift, scaled to [height, width] in the same interpolation."""
    rows, columns = picture.shape[:2]
    angle = np.deg2rad(rng.uniform(-10, 10))
    zoom, stretch = np.exp(rng.uniform(-0.15, 0.34)), rng.uniform(0.9, 1.1)
    shear = rng.uniform(-0.08, 0.08)
    cosine, sine = np.cos(angle) * zoom, np.sin(angle) * zoom
    linear = np.array([[cosine * stretch, -sine + shear], [sine, cosine / stretch]])
    scale = np.diag([width / columns, height / rows])
    linear = scale @ linear
    centre = np.array([columns / 2, rows / 2])
    goal = np.array([width, height]) * (0.5 + rng.uniform(-0.1, 0.1, 2))
    matrix = np.hstack([linear, (goal - linear @ centre)[:, None]])
    border = int(rng.choice([cv2.BORDER_REFLECT_101, cv2.BORDER_CONSTANT, cv2.BORDER_REPLICATE]))
    warped = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(warped, dtype=np.uint8)


def recolour(picture: Pictures, rng: Rng) -> Pictures:
    """Gamma, contrast, brightness and a colour cast in one table per channel; at times without colour."""
    levels = np.linspace(0, 1, 256, dtype=np.float32)[:, None]
    cast = rng.uniform(0.88, 1.12, 3) if rng.random() < 0.5 else np.ones(3)
    gamma, contrast, brightness = (
        np.exp(rng.uniform(-0.4, 0.4)),
        rng.uniform(0.7, 1.35),
        rng.uniform(-0.12, 0.12),
    )
    table = (levels**gamma - 0.4) * contrast + 0.4 + brightness
    table = np.clip(table * cast * 255, 0, 255).astype(np.uint8)[None]
    picture = np.asarray(cv2.LUT(picture, np.ascontiguousarray(table)), dtype=np.uint8)
    if rng.random() < 0.1:
        picture = np.repeat(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[:, :, None], 3, axis=2)
    return picture


def camera_detail(picture: Pictures, rng: Rng) -> Pictures:
    """One of: gaussian blur, sharpening, down and up again, JPEG recompression."""
    rows, columns = picture.shape[:2]
    kind = rng.integers(4)
    if kind == 0:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.3)), dtype=np.uint8)
    if kind == 1:
        soft = cv2.GaussianBlur(picture, (0, 0), 1.0)
        amount = rng.uniform(0.2, 0.9)
        return np.asarray(cv2.addWeighted(picture, 1 + amount, soft, -amount, 0), dtype=np.uint8)
    if kind == 2:
        factor = rng.uniform(0.35, 0.95)  # at its least as small as the 80x60 copies of 224x168
        small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(small, (columns, rows), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    _, code = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 95))])
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), dtype=np.uint8)


def add_noise(picture: Pictures, rng: Rng) -> Pictures:
    """Sensor noise of up to 10 grey levels (standard deviation), alike in all channels half of the time."""
    channels = 1 if rng.random() < 0.5 else 3
    noise = rng.standard_normal((*picture.shape[:2], channels), dtype=np.float32) * rng.uniform(2, 10)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def erase(picture: Pictures, rng: Rng) -> Pictures:
    """Cover a rectangle of 2 to 12 % of the picture with one random colour."""
    rows, columns = picture.shape[:2]
    area, ratio = rng.uniform(0.02, 0.12) * rows * columns, np.exp(rng.uniform(-0.8, 0.8))
    high, wide = min(rows, int(np.sqrt(area * ratio))), min(columns, int(np.sqrt(area / ratio)))
    top, left = rng.integers(rows - high + 1), rng.integers(columns - wide + 1)
    picture[top : top + high, left : left + wide] = rng.integers(0, 256, 3)
    return picture


def mix_parts(picture: Pictures, other: Pictures, rng: Rng) -> Pictures:
    """One picture with the right part, the lower part or a rectangle of another driver's; the class stays true.

    Both show the same class. Source of the rectangle: Yun et al. 2019, "CutMix", without its mixed labels.
    """
    mixed = picture.copy()
    rows, columns = picture.shape[:2]
    kind = rng.random()
    if kind < 0.5:
        part = np.s_[:, int(columns * rng.uniform(0.3, 0.7)) :]
    elif kind < 0.75:
        part = np.s_[int(rows * rng.uniform(0.3, 0.7)) :, :]
    else:
        high, wide = (int(side * rng.uniform(0.3, 0.7)) for side in (rows, columns))
        top, left = rng.integers(rows - high + 1), rng.integers(columns - wide + 1)
        part = np.s_[top : top + high, left : left + wide]
    mixed[part] = other[part]
    return mixed


def tint(picture: Pictures, rng: Rng) -> Pictures:
    """Other clothes and cabins: hues turned about the grey axis, colours paler or stronger."""
    angle, saturation, third = rng.normal(0, 0.8), rng.uniform(0.1, 1.6), 1 / 3
    cosine, sine = np.cos(angle), np.sin(angle) * np.sqrt(third)
    turn = cosine * np.eye(3) + (1 - cosine) * third + sine * np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    matrix = (1 - saturation) * np.full((3, 3), third) + saturation * turn
    return np.asarray(cv2.transform(picture, matrix.astype(np.float32)), dtype=np.uint8)


def light_slope(picture: Pictures, rng: Rng) -> Pictures:
    """Light from one side: brightness grows across the picture, up to 1.8 times at either end."""
    rows, columns = picture.shape[:2]
    angle, strength = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.6)
    across = np.linspace(-strength, strength, columns, dtype=np.float32)[None] * np.float32(np.cos(angle))
    along = np.linspace(-strength, strength, rows, dtype=np.float32)[:, None] * np.float32(np.sin(angle))
    light = np.exp(across + along)
    return np.asarray(cv2.multiply(picture, cv2.merge([light] * 3), dtype=cv2.CV_8U), dtype=np.uint8)


def augment(
    picture: Pictures, other: Pictures, width: int, height: int, rng: Rng, half_mix: float = HALF_MIX
) -> Pictures:
    """A random variant [height, width, 3]; ``other`` shows another driver in the same class."""
    if rng.random() < half_mix:
        picture = mix_parts(picture, other, rng)
    picture = recolour(warp(picture, width, height, rng), rng)
    if rng.random() < TINT:
        picture = tint(picture, rng)
    if rng.random() < SLOPE:
        picture = light_slope(picture, rng)
    if rng.random() < DETAIL:
        picture = camera_detail(picture, rng)
    if rng.random() < NOISE:
        picture = add_noise(picture, rng)
    if rng.random() < ERASE:
        picture = erase(picture, rng)
    return picture
