"""Training of one fold.

Without a time budget a run depends on nothing but its options and data, so a resumed run ends with the same
weights as an uninterrupted one.
"""

from __future__ import annotations

import copy
import logging
import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from ..data.prepare import Preparation, normalised
from ..data.statefarm import Picture, Pictures
from ..errors import TrainingError
from ..measure.metrics import scores, softmax
from ..networks.build import build_network
from ..options import TrainOptions
from .batches import BatchSource, Pool
from .checkpoints import make_teacher, unseen_checkpoint
from .devices import choose_devices, spread
from .history import History
from .optimizers import make_optimizer
from .schedule import Schedule

log = logging.getLogger(__name__)

LOG_STEPS = 25
KEPT = {"loss": "log loss", "accuracy": "share of errors"}  # what `keep` may be, and what is then least


def predict(
    network: nn.Module, decoded: Pictures, members: NDArray[np.int64], prepare: Preparation, batch: int = 64
) -> NDArray[np.float32]:
    """Logits [N, classes] of the shaped pictures ``members``, without augmentation."""
    network.eval()
    device = next(network.parameters()).device
    with torch.inference_mode():
        parts = [
            network(normalised(decoded[members[at : at + batch]], prepare).to(device)).cpu().numpy()
            for at in range(0, len(members), batch)
        ]
    return np.concatenate(parts)


class FoldRun:
    """One fold's training: ``fold-k.last.pt`` to resume, ``fold-k.best.pt`` the result, ``fold-k.csv`` the log."""

    def __init__(
        self,
        options: TrainOptions,
        pictures: list[Picture],
        decoded: Pictures,
        valid: list[str],
        fold: int,
        out: Path,
        device: str = "cpu",
        auxiliary: Pool | None = None,
        further: Pool | None = None,
    ) -> None:
        self._options, self._decoded, self._fold, self._out = options, decoded, fold, out
        held = np.array([picture.driver in valid for picture in pictures])
        if held.all() or not held.any():
            raise TrainingError(
                f"Fold {fold} (drivers {', '.join(valid)}) leaves no pictures to train or to validate on. "
                "Change the split."
            )
        seen = sorted(set(further.drivers) & set(valid)) if further else []
        if seen:
            raise TrainingError(f"{', '.join(seen)} would train and validate fold {fold}. Leave them out of --further.")
        if options.keep not in KEPT:
            raise TrainingError(f"--keep {options.keep}: the best checkpoint is that of best {' or '.join(KEPT)}.")
        self._valid_drivers = valid
        self._held = np.flatnonzero(held)
        self._labels = np.array([picture.label for picture in pictures], dtype=np.int64)
        self._source = BatchSource(pictures, decoded, np.flatnonzero(~held), fold, options, auxiliary, further)
        self._schedule = Schedule(options, len(self._source))
        devices = choose_devices(device, torch.cuda.device_count())
        self._device = devices[0]
        network = build_network(options)
        if options.start_from:
            before, _, _ = unseen_checkpoint(Path(options.start_from), fold, valid, "--start-from")
            network.load_state_dict(before.state_dict())
        self._network = network.to(devices[0]).to(memory_format=torch.channels_last)
        self._teacher = make_teacher(options, fold, valid, devices[0])
        self._spread = spread(self._network, devices)
        self._averaged = copy.deepcopy(self._network).requires_grad_(False) if options.average else self._network
        learning = [(name, each) for name, each in self._network.named_parameters() if each.requires_grad]
        head = [each for name, each in learning if name.startswith(self._network.fresh)]
        body = [each for name, each in learning if not name.startswith(self._network.fresh)]
        groups = [{"params": body, "peak": options.body_rate}, {"params": head, "peak": options.head_rate}]
        self._optimizer = make_optimizer(groups, options)
        self._step = 0
        self._work = 0.0  # pixels seen in training
        self._seconds = 0.0
        self._best = math.inf  # of what ``keep`` names, as a loss

    @property
    def best_path(self) -> Path:
        """The best weights, with their options and scores."""
        return self._out / f"fold-{self._fold}.best.pt"

    @property
    def last_path(self) -> Path:
        """Everything that a resumed run needs."""
        return self._out / f"fold-{self._fold}.last.pt"

    def _learn(self, inputs: Tensor, labels: Tensor, progress: float) -> tuple[float, float]:
        """One step; loss and accuracy of its batch."""
        options = self._options
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * self._schedule.rate(progress)
        torch.manual_seed(options.seed * 1_000_003 + self._step)  # dropout repeats after a resume
        self._network.train()
        inputs, labels = inputs.to(self._device), labels.to(self._device)
        logits = self._spread(inputs)
        loss = F.cross_entropy(logits, labels, label_smoothing=options.label_smoothing)
        if self._teacher:
            loss = torch.lerp(loss, self._teacher.loss(inputs, logits), options.teacher_share)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if options.clip:
            nn.utils.clip_grad_norm_(self._network.parameters(), options.clip)
        self._optimizer.step()
        if options.average:
            self._move_average()
        right = (logits.detach().argmax(1) == labels).float().mean()
        return float(loss.detach()), float(right)

    @torch.no_grad()
    def _move_average(self) -> None:
        decay = min(self._options.average, (1 + self._step) / (10 + self._step))
        for mean, now in zip(self._averaged.parameters(), self._network.parameters(), strict=True):
            if now.requires_grad:
                mean.lerp_(now, 1 - decay)
        for mean, now in zip(self._averaged.buffers(), self._network.buffers(), strict=True):
            mean.copy_(now)  # batch statistics are averages already

    def _validate(self, progress: float) -> dict[str, float]:
        logits = predict(self._averaged, self._decoded, self._held, self._options.preparation())
        found = scores(softmax(logits), self._labels[self._held])
        log.info("fold %d, %.0f %%: validation %s", self._fold, progress * 100, found)
        value = found["logLoss"] if self._options.keep == "loss" else 1 - found["accuracy"]
        if value < self._best:
            self._best = value
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
        return {"valid_loss": found["logLoss"], "valid_accuracy": found["accuracy"]}

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
        state = torch.load(self.last_path, map_location=self._device, weights_only=True)
        self._network.load_state_dict(state["network"])
        self._averaged.load_state_dict(state["averaged"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._step, self._work, self._seconds, self._best = state["counters"]
        log.info("fold %d resumes at step %d", self._fold, self._step)

    def run(self, stop_after_steps: int | None = None) -> float:
        """Train to the end (or ``stop_after_steps``, for tests of resuming).

        Returns the lowest validation log loss, or with ``keep`` "accuracy" the lowest share of errors.
        """
        if self.last_path.is_file():
            self._resume()
        options, plan = self._options, self._schedule
        history = History(self._out / f"fold-{self._fold}.csv", self._step)
        last_tick = time.monotonic()
        progress = plan.progress(self._work, self._seconds)
        mean = np.full(2, math.nan)  # of loss and accuracy, over the last steps
        with ThreadPoolExecutor(1) as pool:

            def order(step: int, at: float) -> Any:
                return pool.submit(self._source.batch, step, options.batch, *plan.size(at))

            ready = order(self._step, progress)
            while progress < 1.0 and (stop_after_steps is None or self._step < stop_after_steps):
                inputs, labels = ready.result()
                self._work += inputs.shape[0] * inputs.shape[2] * inputs.shape[3]
                following = plan.progress(self._work, self._seconds)
                ready = order(self._step + 1, following)
                found = np.array(self._learn(inputs, labels, progress))
                mean = found if np.isnan(mean).any() else 0.95 * mean + 0.05 * found
                self._step += 1
                now = time.monotonic()
                self._seconds, last_tick = self._seconds + now - last_tick, now
                before, progress = progress, max(following, plan.progress(self._work, self._seconds))
                if self._step % LOG_STEPS == 0:
                    self._report(progress, float(mean[0]), inputs.shape[3])
                validated = self._validate(progress) if plan.validates(before, progress) else {}
                if validated or self._step % LOG_STEPS == 0:
                    history.add({**self._figures(progress, mean), **validated})
                if self._step % options.checkpoint_steps == 0 or progress >= 1.0:
                    self._save_last()
        return self._best

    def _report(self, progress: float, loss: float, width: int) -> None:
        left = self._seconds * (1 - progress) / progress / 60
        log.info(
            "fold %d step %d: %.1f %%, %.0f s, %.0f min left, loss %.3f, %d px wide",
            self._fold, self._step, progress * 100, self._seconds, left, loss, width,
        )  # fmt: skip

    def _figures(self, progress: float, mean: NDArray[np.float64]) -> dict[str, float | None]:
        """What a row of the log says of training."""
        return {
            "step": self._step,
            "epoch": self._step * self._options.batch / len(self._source),
            "seconds": self._seconds,
            "rate": self._options.body_rate * self._schedule.rate(progress),
            "loss": float(mean[0]),
            "accuracy": float(mean[1]),
        }
