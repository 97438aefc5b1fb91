"""Where a run stands: work done or wall time, whichever is ahead; and what follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..errors import TrainingError
from ..options import TrainOptions


@dataclass(frozen=True)
class Schedule:
    """The plan of one fold's run over ``pictures`` training pictures. Work is counted in pixels, progress in 0..1."""

    options: TrainOptions
    pictures: int

    def __post_init__(self) -> None:
        if self._total() <= 0:
            raise TrainingError("A run of no epochs trains nothing. Ask for more --full-epochs.")

    def _small(self) -> float:
        options = self.options
        return options.small_epochs * self.pictures * options.small_width * options.small_height

    def _total(self) -> float:
        options = self.options
        width, height = options.full_size
        return self._small() + options.full_epochs * self.pictures * width * height

    def progress(self, work: float, seconds: float) -> float:
        """Share of the run that is behind."""
        budget = self.options.budget_minutes
        return min(1.0, max(work / self._total(), seconds / 60 / budget if budget else 0.0))

    def size(self, progress: float) -> tuple[int, int]:
        """Width and height of the pictures."""
        options = self.options
        if progress < self._small() / self._total():
            return options.small_width, options.small_height
        return options.full_size

    def rate(self, progress: float) -> float:
        """Share of the peak rate: linear warm-up, then a cosine down to a hundredth, or no change."""
        warm = self.options.warm_up
        if progress < warm:
            return (progress + 0.002) / (warm + 0.002)
        if self.options.schedule == "constant":
            return 1.0
        return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (progress - warm) / (1 - warm)))

    def validates(self, before: float, progress: float) -> bool:
        """Whether a step from ``before`` to ``progress`` passes a mark of validation."""
        marks = self.options.validate_at
        if not marks:
            epochs = max(1, round(self.options.small_epochs + self.options.full_epochs))
            marks = tuple((epoch + 1) / epochs for epoch in range(epochs))
        return any(before < mark <= progress for mark in marks)
