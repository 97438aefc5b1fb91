"""Everything that shapes a training run, as one value that checkpoints carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .data.augment import HALF_MIX
from .data.prepare import preparation

# The ImageNet weights of EfficientNet-Lite0 expect (x - 127) / 128 on 0..255, alike in all channels.
LITE_MEAN, LITE_STD = (127 / 255,) * 3, (128 / 255,) * 3
# The report's IMG_MEAN and IMG_STD of the State Farm training set, RGB; `statistics` computes the like.
REPORT_MEAN, REPORT_STD = (0.31633861, 0.38164441, 0.37510719), (0.28836174, 0.32873901, 0.33058995)


@dataclass(frozen=True)
class TrainOptions:
    """Sizes in pixels, rates per step, marks as shares of the whole run. Checkpoints without a field mean its default.

    ``width`` and ``height`` are those of the network's input at run time, and of validation. ``small_*`` is a first
    phase at a smaller size, to save time; without ``small_epochs`` there is none. ``full_*`` is the second phase, by
    default at the size of the input: random zoom makes things look larger in training than they are, and training
    somewhat smaller makes up for it (Touvron et al. 2019, "Fixing the train-test resolution discrepancy").
    """

    width: int = 224
    height: int = 168
    small_width: int = 160
    small_height: int = 120
    full_width: int | None = None
    full_height: int | None = None
    small_epochs: float = 3.0
    full_epochs: float = 2.0
    batch: int = 32
    body_rate: float = 1.5e-4
    head_rate: float = 2e-3
    weight_decay: float = 0.02
    label_smoothing: float = 0.05
    warm_up: float = 0.06
    average: float = 0.99  # decay of the moving average of the weights; 0 for none
    frozen_blocks: int = 3  # of a compact network
    frozen_kernels: bool = False  # of 5x5 in a compact network: they keep their ImageNet weights
    half_mix: float = HALF_MIX  # wrong where either hand may act in one class: a cup can vanish between the halves
    validate_at: tuple[float, ...] = (0.85, 1.0)  # empty: after every epoch
    checkpoint_steps: int = 100
    budget_minutes: float | None = None
    seed: int = 7
    network: str = "lite0"  # a name of networks.registry
    pretrained: bool = True
    weights: tuple[str, ...] = ()  # FILE or PART=FILE; Lite0 has its weights in the imagenet extra
    start_from: str | None = None  # folder of checkpoints of the same split
    averaged_with: tuple[str, ...] = ()  # folders whose weights are in the mean (train/average.py)
    teacher: str | None = None  # folder of checkpoints of the same split, whose probabilities are learned as well
    teacher_share: float = 0.5  # of the loss
    teacher_temperature: float = 2.0
    frozen_trunk: bool = False  # what came with weights does not learn
    dropout: float | None = None  # of the head; None: the network's own
    slim: int = 1  # divides every width; for tests
    optimizer: str = "adamw"  # a name of train.optimizers
    momentum: float = 0.9  # of those that have one
    schedule: str = "cosine"  # or "constant"
    clip: float = 5.0  # of the gradients' norm; 0 for none
    keep: str = "loss"  # or "accuracy": by what the best checkpoint is chosen
    sampling: str = "balanced"  # by driver and class; or "shuffle": every picture once an epoch
    augment: tuple[str, ...] = ("camera",)  # "camera" or names of data.variants.VARIANTS
    auxiliary: tuple[str, ...] = ()  # folders of further drivers, who train every fold and validate none
    auxiliary_share: float = 0.2  # of every batch, where there are such folders
    further: tuple[str, ...] = ()  # folders of more pictures of the set's drivers, who stay in their folds
    further_share: float = 0.35  # of the set's pictures in a batch, each replaced by one of its class
    five_crops: bool = False
    crop: tuple[int, int] | None = None  # height, width
    interpolation: str = "area"
    antialias: bool = False
    extra: str = "none"  # or "gradient"
    normalisation: str = "lite"  # or "report"

    @property
    def full_size(self) -> tuple[int, int]:
        """Width and height of the second phase."""
        return self.full_width or self.width, self.full_height or self.height

    def preparation(self) -> dict[str, Any]:
        """How the application has to prepare a frame for this network, as a manifest says it."""
        report = self.normalisation == "report"
        return preparation(
            self.width,
            self.height,
            REPORT_MEAN if report else LITE_MEAN,
            REPORT_STD if report else LITE_STD,
            interpolation=self.interpolation,
            antialias=self.antialias,
            crop=dict(zip(("height", "width"), self.crop, strict=True)) if self.crop else None,
            extra=self.extra,
        )
