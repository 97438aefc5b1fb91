"""statistics, histograms, sheet, kfold: what a set is made of, and its split."""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

from ..data.dataset import channel_statistics, contact_sheet, count_pictures, table_of_counts
from ..data.kfold import read_strata, split_drivers, write_folds
from ..data.statefarm import read_original, read_pictures
from ..train.plots import plot_counts
from .common import PLOTS_HINT, Subparsers, add_command

log = logging.getLogger(__name__)


def _statistics(args: argparse.Namespace) -> None:
    pictures = read_pictures(args.data)[:: args.every]
    found = channel_statistics(read_original(picture.path) for picture in pictures)
    rounded = {
        name: [round(float(value), 8) for value in values]
        for name, values in (
            ("mean", found.mean), ("pooledStd", found.pooled_std), ("meanOfPictureStd", found.picture_std)
        )
    }  # fmt: skip
    print(json.dumps({"images": found.images, "order": "RGB", **rounded}))


def _histograms(args: argparse.Namespace) -> None:
    pictures = read_pictures(args.data)
    print(table_of_counts(pictures))
    if args.png:
        plot_counts(count_pictures(pictures), args.png)


def _sheet(args: argparse.Namespace) -> None:
    pictures = read_pictures(args.data)
    if args.drivers:
        pictures = [picture for picture in pictures if picture.driver in args.drivers]
    shown = contact_sheet(pictures, args.out, args.each, args.width, args.seed)
    log.info("%s shows %d pictures. It may show real people: keep it out of the repository.", args.out, shown)


def _kfold(args: argparse.Namespace) -> None:
    pictures = read_pictures(args.data)
    strata = read_strata(args.strata) if args.strata else None
    folds = split_drivers(pictures, args.folds, args.seed, strata)
    write_folds(folds, args.kfold)
    for index, fold in enumerate(folds, 1):
        held = sum(picture.driver in fold for picture in pictures)
        log.info("model_%d: %s (%d pictures)", index, " ".join(fold), held)


def add_dataset(commands: Subparsers, data: argparse.ArgumentParser, kfold: argparse.ArgumentParser) -> None:
    """Add the four commands."""
    statistics = add_command(
        commands, "statistics", "mean and deviation of the channels; prints JSON", _statistics, data
    )
    statistics.add_argument("--every", type=int, default=1, help="read only every n-th picture (default 1)")

    histograms = add_command(commands, "histograms", "count pictures by class and driver", _histograms, data)
    histograms.add_argument("--png", type=Path, help=f"also draw the counts ({PLOTS_HINT})")

    sheet = add_command(commands, "sheet", "contact sheet: a row a driver, random pictures of each class", _sheet, data)
    sheet.add_argument(
        "--out", type=Path, default=Path(".data/sheet.jpg"), help="picture to write (default %(default)s)"
    )
    sheet.add_argument("--drivers", type=lambda text: text.split(","), help="only these, separated by commas")
    sheet.add_argument("--each", type=int, default=1, help="pictures of each class and driver (default 1)")
    sheet.add_argument("--width", type=int, default=120, help="pixels of one picture (default 120)")

    split = add_command(commands, "kfold", "split the drivers into folds", _kfold, data, kfold)
    split.add_argument("--folds", type=int, default=4, help="number of folds (default 4)")
    split.add_argument("--strata", type=Path, help="JSON file of drivers who belong together; spread over the folds")
