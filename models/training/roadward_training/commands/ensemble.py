"""evaluate, export, restore and average."""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

from ..data.statefarm import read_pictures
from ..errors import TrainingError
from ..export.ensemble import Training, export_ensemble
from ..export.onnx_file import PRECISIONS
from ..export.restore import restore
from ..measure.evaluate import evaluate
from ..measure.metrics import scores
from ..measure.trials import Comparison
from ..train.average import average
from .common import Subparsers, add_command, parse_size

log = logging.getLogger(__name__)

REAL_SAMPLE = 1000  # pictures, evenly over the rows, on which the demo ensemble shows that it is none for real drivers


def _evaluate(args: argparse.Namespace) -> None:
    found = evaluate(args.ensemble, read_pictures(args.data), args.out_of_fold, args.drivers, args.folds)
    print(json.dumps(found))


def _checkpoints(folder: Path) -> list[Path]:
    """``fold-k.best.pt`` of every fold of a training, or the first where there is none."""
    folds = len(list(folder.glob("fold-*.best.pt")))
    return [folder / f"fold-{number}.best.pt" for number in range(1, max(1, folds) + 1)]


def _export(args: argparse.Namespace) -> None:
    pictures = read_pictures(args.data)
    originals = read_pictures(args.originals) if args.originals else []
    comparison = None
    if args.holdout:
        real = read_pictures(args.real)
        sample = real[:: max(1, len(real) // REAL_SAMPLE)]
        other = args.other or Path("models/statefarm" if args.synthetic else "models/demo")
        comparison = Comparison(read_pictures(args.holdout), sample, other)
    sizes = args.size or [None]
    if len(sizes) not in (1, len(args.checkpoints)):
        raise TrainingError(f"--size: give one for all, or one for each of the {len(args.checkpoints)} --checkpoints.")
    trainings = [
        Training(_checkpoints(folder), size)
        for folder, size in zip(args.checkpoints, sizes * (len(args.checkpoints) // len(sizes)), strict=True)
    ]
    measured = export_ensemble(
        trainings, args.out, pictures, originals, comparison, args.synthetic, args.release, args.precision
    )
    log.info("out of fold, T = %g: %s", measured.temperature, scores(measured.after, measured.labels))
    log.info("%.1f MB, %.1f ms a frame on one thread", measured.megabytes, measured.milliseconds)


def _restore(args: argparse.Namespace) -> None:
    for path in restore(args.ensemble, args.out, args.folds):
        log.info("%s", path)


def _average(args: argparse.Namespace) -> None:
    for path in average(args.checkpoints, args.out, read_pictures(args.data)):
        log.info("%s", path)


def _add_folds(command: argparse.ArgumentParser, otherwise: str) -> None:
    command.add_argument(
        "--folds",
        type=lambda text: text.split(","),
        help=f"only these, separated by commas, for example fold-2 (default: {otherwise})",
    )


def add_ensemble(commands: Subparsers, data: argparse.ArgumentParser) -> None:
    """Add ``evaluate``, ``export``, ``restore`` and ``average``."""
    judge = add_command(commands, "evaluate", "measure an exported ensemble; prints JSON", _evaluate, data)
    judge.add_argument("--ensemble", type=Path, default=Path("models/statefarm"), help="folder of the ensemble")
    judge.add_argument(
        "--out-of-fold",
        action="store_true",
        help="judge each picture only by folds that validated its driver",
    )
    judge.add_argument("--drivers", type=lambda text: text.split(","), help="only these, separated by commas")
    _add_folds(judge, "all, bagged")

    back = add_command(commands, "restore", "checkpoints of an exported ensemble, for train --start-from", _restore)
    back.add_argument("--ensemble", type=Path, default=Path("models/statefarm"), help="folder of the ensemble")
    back.add_argument("--out", type=Path, default=Path(".data/restored"), help="folder for fold-k.best.pt")
    _add_folds(back, "all; they are numbered from 1 on")

    mean = add_command(commands, "average", "checkpoints with the mean weights of several trainings", _average, data)
    mean.add_argument(
        "--checkpoints", type=Path, nargs="+", required=True,
        help="folders of fold-k.best.pt that went on from each other, on the same split; the last one's options stay",
    )  # fmt: skip
    mean.add_argument("--out", type=Path, default=Path(".data/averaged"), help="folder for fold-k.best.pt")

    export = add_command(commands, "export", "write ONNX folds, manifest and model card", _export, data)
    export.add_argument(
        "--checkpoints", type=Path, nargs="+", default=[Path(".data/train")],
        help="folders of fold-k.best.pt; of several trainings all networks answer together",
    )  # fmt: skip
    export.add_argument(
        "--out",
        type=Path,
        default=Path("models/statefarm"),
        help="folder of the ensemble; its name is the id",
    )
    export.add_argument(
        "--release", default="1.0.0", help="version of the ensemble; another one means that drives are analysed anew"
    )
    export.add_argument(
        "--size",
        type=parse_size,
        nargs="+",
        help="WIDTHxHEIGHT of the exported inputs, for all or for each of --checkpoints (default: that of training)",
    )
    export.add_argument(
        "--precision",
        choices=PRECISIONS,
        default="float16",
        help=(
            "of the weights; int8 computes in it, but leaves the first block, and networks without a shared trunk, in "
            "float32 (default %(default)s)"
        ),
    )
    export.add_argument(
        "--originals", type=Path, help="State Farm folder with originals of one driver, for the model card"
    )
    export.add_argument(
        "--synthetic", metavar="SEEDS", help="an ensemble of synthetic drivers, made of these seeds; its card says so"
    )
    export.add_argument(
        "--holdout", type=Path, help="synthetic drivers whom nothing was trained on: the card compares two ensembles"
    )
    export.add_argument(
        "--real", type=Path, default=Path(".data/statefarm"), help="with --holdout: real pictures to compare with"
    )
    export.add_argument(
        "--other", type=Path, help="with --holdout: ensemble to compare with (default: models/demo or models/statefarm)"
    )
