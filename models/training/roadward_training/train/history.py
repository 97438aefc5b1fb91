"""The log of a fold's training: ``fold-k.csv``, a row every few steps and at every validation."""

from __future__ import annotations

import csv
from pathlib import Path

COLUMNS = ["step", "epoch", "seconds", "rate", "loss", "accuracy", "valid_loss", "valid_accuracy"]

Row = dict[str, float | None]


def read_history(path: Path) -> list[Row]:
    """All rows; None where a row has no such figure."""
    with path.open(newline="", encoding="utf-8") as stream:
        return [{name: float(text) if text else None for name, text in row.items()} for row in csv.DictReader(stream)]


class History:
    """Appends to a log; a resumed run first drops the rows after the step that it resumes from."""

    def __init__(self, path: Path, resumed_at: int) -> None:
        self._path = path
        kept = [row for row in read_history(path) if (row["step"] or 0) <= resumed_at] if path.is_file() else []
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.DictWriter(stream, COLUMNS).writeheader()
        for row in kept if resumed_at else []:
            self.add(row)

    def add(self, row: Row) -> None:
        """Append one row; figures that are not given stay empty."""
        texts = {name: f"{value:.10g}" for name, value in row.items() if value is not None}
        with self._path.open("a", newline="", encoding="utf-8") as stream:
            csv.DictWriter(stream, COLUMNS, restval="").writerow(texts)
