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

HALF_MIX = 0.3  # share of pictures whose right part comes from another driver in the same class
ERASE = 0.3
DETAIL = 0.6  # share that is blurred, sharpened, re-scaled or recompressed
NOISE = 0.25


def warp(picture: Pictures, width: int, height: int, rng: Rng) -> Pictures:
    """Small rotation, zoom, stretch, shear and shift, scaled to [height, width] in the same interpolation."""
    rows, columns = picture.shape[:2]
    angle = np.deg2rad(rng.uniform(-9, 9))
    zoom, stretch = rng.uniform(0.88, 1.2), rng.uniform(0.93, 1.07)
    shear = rng.uniform(-0.08, 0.08)
    cosine, sine = np.cos(angle) * zoom, np.sin(angle) * zoom
    linear = np.array([[cosine * stretch, -sine + shear], [sine, cosine / stretch]])
    scale = np.diag([width / columns, height / rows])
    linear = scale @ linear
    centre = np.array([columns / 2, rows / 2])
    goal = np.array([width * (0.5 + rng.uniform(-0.08, 0.08)), height * (0.5 + rng.uniform(-0.08, 0.08))])
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
        factor = rng.uniform(0.45, 0.95)
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


def mix_halves(picture: Pictures, other: Pictures, rng: Rng) -> Pictures:
    """Left part of one picture and right part of another driver's in the same class; the class stays true."""
    mixed = picture.copy()
    cut = int(picture.shape[1] * rng.uniform(0.3, 0.7))
    mixed[:, cut:] = other[:, cut:]
    return mixed


def augment(
    picture: Pictures, other: Pictures, width: int, height: int, rng: Rng, half_mix: float = HALF_MIX
) -> Pictures:
    """A random variant [height, width, 3]; ``other`` shows another driver in the same class."""
    if rng.random() < half_mix:
        picture = mix_halves(picture, other, rng)
    picture = recolour(warp(picture, width, height, rng), rng)
    if rng.random() < DETAIL:
        picture = camera_detail(picture, rng)
    if rng.random() < NOISE:
        picture = add_noise(picture, rng)
    if rng.random() < ERASE:
        picture = erase(picture, rng)
    return picture
