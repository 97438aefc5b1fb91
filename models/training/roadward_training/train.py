"""Training of one fold: a cosine schedule over work done or wall time, whichever is ahead.

Without a time budget a run depends on nothing but its options and data, so a resumed run ends with the same
weights as an uninterrupted one.
"""

from __future__ import annotations

import copy
import logging
import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from .augment import HALF_MIX
from .batches import BatchSource, normalise
from .errors import TrainingError
from .metrics import scores, softmax
from .network import EfficientNetLite, load_imagenet, short_network, tiny_network
from .statefarm import Picture, Pictures

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainOptions:
    """Everything that shapes a run. Sizes in pixels, rates per step, marks as shares of the whole run."""

    width: int = 224
    height: int = 168
    small_width: int = 160
    small_height: int = 120
    small_epochs: float = 3.0
    full_epochs: float = 2.0
    batch: int = 32
    body_rate: float = 1.5e-4
    head_rate: float = 2e-3
    weight_decay: float = 0.02
    label_smoothing: float = 0.05
    warm_up: float = 0.06
    average: float = 0.99  # decay of the moving average of the weights
    frozen_blocks: int = 3
    half_mix: float = HALF_MIX  # wrong where either hand may act in one class: a cup can vanish between the halves
    validate_at: tuple[float, ...] = (0.85, 1.0)
    checkpoint_steps: int = 100
    budget_minutes: float | None = None
    seed: int = 7
    network: str = "lite0"  # or "short", "tiny"
    pretrained: bool = True


def build_network(options: TrainOptions) -> EfficientNetLite:
    """The network that ``options`` name, with ImageNet or seeded random weights."""
    torch.manual_seed(options.seed)
    if options.network == "tiny":
        return tiny_network()
    frozen = options.frozen_blocks if options.pretrained else 0
    network = (
        short_network(frozen_blocks=frozen) if options.network == "short" else EfficientNetLite(frozen_blocks=frozen)
    )
    if options.pretrained:
        load_imagenet(network)
    return network


def predict(network: nn.Module, decoded: Pictures, members: NDArray[np.int64], batch: int = 64) -> NDArray[np.float32]:
    """Logits [N, classes] of the pictures ``members``, without augmentation."""
    network.eval()
    with torch.inference_mode():
        parts = [network(normalise(decoded[members[at : at + batch]])).numpy() for at in range(0, len(members), batch)]
    return np.concatenate(parts)


class FoldRun:
    """One fold's training with its checkpoints: ``fold-k.last.pt`` to resume, ``fold-k.best.pt`` the result."""

    def __init__(
        self,
        options: TrainOptions,
        pictures: list[Picture],
        decoded: Pictures,
        valid: list[str],
        fold: int,
        out: Path,
    ) -> None:
        self._options, self._decoded, self._fold, self._out = options, decoded, fold, out
        held = np.array([picture.driver in valid for picture in pictures])
        if held.all() or not held.any():
            raise TrainingError(
                f"Fold {fold} (drivers {', '.join(valid)}) leaves no pictures to train or to validate on. "
                "Change the split."
            )
        self._valid_drivers = valid
        self._held = np.flatnonzero(held)
        self._labels = np.array([picture.label for picture in pictures], dtype=np.int64)
        self._source = BatchSource(pictures, decoded, np.flatnonzero(~held), options.seed, fold, options.half_mix)
        self._network = build_network(options).to(memory_format=torch.channels_last)
        self._averaged = copy.deepcopy(self._network).requires_grad_(False)
        learning = [(name, each) for name, each in self._network.named_parameters() if each.requires_grad]
        head = [each for name, each in learning if name.startswith(self._network.fresh)]
        body = [each for name, each in learning if not name.startswith(self._network.fresh)]
        self._optimizer = torch.optim.AdamW(
            [{"params": body, "peak": options.body_rate}, {"params": head, "peak": options.head_rate}],
            weight_decay=options.weight_decay,
        )
        self._step = 0
        self._work = 0.0  # pixels seen in training
        self._seconds = 0.0
        self._best = math.inf

    @property
    def best_path(self) -> Path:
        """The moving average of lowest validation log loss, with its options and scores."""
        return self._out / f"fold-{self._fold}.best.pt"

    @property
    def last_path(self) -> Path:
        """Everything that a resumed run needs."""
        return self._out / f"fold-{self._fold}.last.pt"

    def _small_work(self) -> float:
        options = self._options
        return options.small_epochs * len(self._source) * options.small_width * options.small_height

    def _progress(self, work: float, seconds: float) -> float:
        options = self._options
        total = self._small_work() + options.full_epochs * len(self._source) * options.width * options.height
        timed = seconds / 60 / options.budget_minutes if options.budget_minutes else 0.0
        return min(1.0, max(work / total, timed))

    def _size(self, progress: float) -> tuple[int, int]:
        options = self._options
        full = options.full_epochs * len(self._source) * options.width * options.height
        small = progress < self._small_work() / (self._small_work() + full)
        return (options.small_width, options.small_height) if small else (options.width, options.height)

    def _rate(self, progress: float) -> float:
        """Share of the peak rate: linear warm-up, then cosine down to a hundredth."""
        warm = self._options.warm_up
        if progress < warm:
            return (progress + 0.002) / (warm + 0.002)
        return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (progress - warm) / (1 - warm)))

    def _learn(self, inputs: Tensor, labels: Tensor, progress: float) -> float:
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * self._rate(progress)
        torch.manual_seed(self._options.seed * 1_000_003 + self._step)  # dropout repeats after a resume
        self._network.train()
        loss = F.cross_entropy(self._network(inputs), labels, label_smoothing=self._options.label_smoothing)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 5.0)
        self._optimizer.step()
        decay = min(self._options.average, (1 + self._step) / (10 + self._step))
        with torch.no_grad():
            for mean, now in zip(self._averaged.parameters(), self._network.parameters(), strict=True):
                if now.requires_grad:
                    mean.lerp_(now, 1 - decay)
        return float(loss.detach())

    def _validate(self, progress: float) -> None:
        logits = predict(self._averaged, self._decoded, self._held)
        found = scores(softmax(logits), self._labels[self._held])
        log.info("fold %d, %.0f %%: validation %s", self._fold, progress * 100, found)
        if found["logLoss"] < self._best:
            self._best = found["logLoss"]
            self._save(
                self.best_path,
                {
                    "network": self._averaged.state_dict(),
                    "options": asdict(self._options),
                    "valid_drivers": self._valid_drivers,
                    "scores": dict(found),
                    "progress": progress,
                    "steps": self._step,
                },
            )

    @staticmethod
    def _save(path: Path, content: dict[str, Any]) -> None:
        partial = path.with_suffix(".partial")
        torch.save(content, partial)
        partial.replace(path)

    def _save_last(self) -> None:
        self._save(
            self.last_path,
            {
                "network": self._network.state_dict(),
                "averaged": self._averaged.state_dict(),
                "optimizer": self._optimizer.state_dict(),
                "counters": (self._step, self._work, self._seconds, self._best),
            },
        )

    def _resume(self) -> None:
        state = torch.load(self.last_path, map_location="cpu", weights_only=True)
        self._network.load_state_dict(state["network"])
        self._averaged.load_state_dict(state["averaged"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._step, self._work, self._seconds, self._best = state["counters"]
        log.info("fold %d resumes at step %d", self._fold, self._step)

    def run(self, stop_after_steps: int | None = None) -> float:
        """Train to the end (or ``stop_after_steps``, for tests of resuming); the lowest validation log loss."""
        if self.last_path.is_file():
            self._resume()
        options = self._options
        last_tick = time.monotonic()
        progress = self._progress(self._work, self._seconds)
        mean_loss = math.nan
        with ThreadPoolExecutor(1) as pool:

            def order(step: int, at: float) -> Any:
                return pool.submit(self._source.batch, step, options.batch, *self._size(at))

            ready = order(self._step, progress)
            while progress < 1.0 and (stop_after_steps is None or self._step < stop_after_steps):
                inputs, labels = ready.result()
                self._work += inputs.shape[0] * inputs.shape[2] * inputs.shape[3]
                following = self._progress(self._work, self._seconds)
                ready = order(self._step + 1, following)
                loss = self._learn(inputs, labels, progress)
                mean_loss = loss if math.isnan(mean_loss) else 0.95 * mean_loss + 0.05 * loss
                self._step += 1
                now = time.monotonic()
                self._seconds, last_tick = self._seconds + now - last_tick, now
                before, progress = progress, max(following, self._progress(self._work, self._seconds))
                if self._step % 25 == 0:
                    log.info(
                        "fold %d step %d: %.1f %%, %.0f s, loss %.3f, %d px wide",
                        self._fold,
                        self._step,
                        progress * 100,
                        self._seconds,
                        mean_loss,
                        inputs.shape[3],
                    )
                if any(before < mark <= progress for mark in options.validate_at):
                    self._validate(progress)
                if self._step % options.checkpoint_steps == 0 or progress >= 1.0:
                    self._save_last()
        return self._best
