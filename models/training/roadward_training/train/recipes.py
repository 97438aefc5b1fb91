"""Named recipes: the two ensembles that ship, and the systems of the report.

The report gives ranges (dropout 0.5-0.85, rates 1e-3 to 1e-5, batches of 32 and 8, Adam and Adadelta, best accuracy
and later lowest loss), not one row per network: which value goes with which network here is our reading.
"""

from __future__ import annotations

from ..options import TrainOptions

STATEFARM = TrainOptions(
    width=240, height=180, full_width=208, full_height=156, small_epochs=4.0, full_epochs=7.0, body_rate=2e-4,
    average=0.995, frozen_blocks=5, frozen_kernels=True,
)  # fmt: skip
DEMO = TrainOptions(
    network="short", frozen_blocks=2, small_width=96, small_height=72, width=160, height=120, small_epochs=6.0,
    full_epochs=12.0, body_rate=6e-4, half_mix=0.0,
)  # fmt: skip


def _report(network: str, size: int, rate: float, **more: object) -> TrainOptions:
    """What the report's systems have in common: one size, one constant rate, torchvision's preparation."""
    return TrainOptions(
        **{
            "network": network, "width": size, "height": size, "small_epochs": 0.0, "full_epochs": 10.0, "batch": 32,
            "body_rate": rate, "head_rate": rate, "weight_decay": 0.0, "label_smoothing": 0.0, "warm_up": 0.0,
            "average": 0.0, "half_mix": 0.0, "validate_at": (), "dropout": 0.5, "optimizer": "adam",
            "schedule": "constant", "clip": 0.0, "sampling": "shuffle", "augment": (), "interpolation": "bilinear",
            "antialias": True, "normalisation": "report", **more,
        }  # type: ignore[arg-type]
    )  # fmt: skip


RECIPES: dict[str, TrainOptions] = {
    "statefarm": STATEFARM,
    "demo": DEMO,
    "report-vgg16": _report("vgg16", 224, 1e-3, frozen_trunk=True, crop=(320, 480), keep="accuracy"),
    "report-xception": _report("xception", 299, 1e-4, dropout=0.7, augment=("affine", "resized-crop")),
    "report-resnet152": _report("resnet152", 224, 1e-3, optimizer="adadelta", crop=(320, 440), keep="accuracy"),
    "report-pnasnet5large": _report(
        "pnasnet5large", 331, 1e-5, batch=8, dropout=0.85, augment=("affine", "resized-crop")
    ),
    "report-xvgg": _report("xvgg", 288, 1e-4, batch=8, optimizer="adam", keep="accuracy"),
    "report-mask": _report("mask", 288, 1e-4, batch=8),
    "report-gradient": _report("xception", 299, 1e-4, extra="gradient"),
    "report-five-crop": _report("xception", 299, 1e-4, crop=(320, 480), five_crops=True),
    "report-branch": _report("branch", 299, 1e-4, dropout=0.7),
}
