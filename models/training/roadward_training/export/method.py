"""How an ensemble was trained and how its pictures are prepared, in the words of its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..networks.registry import ARCHITECTURES
from ..train.batches import CAMERA

LITE_WORDS = "(x - 127) / 128"


def _network(options: Mapping[str, Any]) -> str:
    row = ARCHITECTURES[options["network"]]
    title = row.title
    if row.imagenet and options["pretrained"]:
        kernels = " and all 5x5 kernels" if options["frozen_kernels"] else ""
        return (
            f"{title} with ImageNet weights; stem, first {options['frozen_blocks']} blocks{kernels} fixed, batch norms "
            "with ImageNet statistics"
        )
    if not options["pretrained"]:
        return f"{title} from random weights"
    trained = "fixed" if options["frozen_trunk"] else "trained along"
    return f"{title} with the weights of {', '.join(options['weights'])}, {trained}"


def _rates(options: Mapping[str, Any]) -> str:
    body, head = options["body_rate"], options["head_rate"]
    rates = f"rate {body:g}" if body == head else f"peak rates {body:g} (body) and {head:g} (classifier)"
    average = ", moving average of the weights" if options["average"] else ""
    return (
        f"{options['optimizer']}, {rates}, {options['schedule']} schedule{average}, label smoothing "
        f"{options['label_smoothing']:g}, batches of {options['batch']}, seed {options['seed']}"
    )


def describe_epochs(training: Sequence[Mapping[str, Any]]) -> str:
    """How long and at which sizes."""
    options = training[0]["options"]
    small = f"{options['small_width']}x{options['small_height']}"
    size = f"{options['full_width'] or options['width']}x{options['full_height'] or options['height']}"
    budgets = sorted({each["options"]["budget_minutes"] or 0 for each in training})
    first = f"{options['small_epochs']:g} epochs at {small}, then " if options["small_epochs"] else ""
    words = f"At most {first}{options['full_epochs']:g} epochs at {size}"
    if budgets[-1]:
        words += f", cut short by a wall budget of {' or '.join(f'{each:g}' for each in budgets)} minutes a fold"
    return words


def _pictures(options: Mapping[str, Any]) -> str:
    names = []
    if options["five_crops"]:
        names.append("five crops of each picture")
    if CAMERA in options["augment"]:
        names += [
            "affine, gamma, contrast, colour cast, other hues, grey, light from a side, blur, sharpening, re-scaling",
            "JPEG, noise, erasing",
        ]
        if options["half_mix"]:
            names.append(f"parts exchanged between drivers of the same class in {options['half_mix']:.0%} of them")
    names += [name for name in options["augment"] if name != CAMERA]
    if "flip" not in options["augment"]:
        names.append("no horizontal flip")
    if options["auxiliary"]:
        names.append(f"{options['auxiliary_share']:.0%} of every batch from synthetic drivers (`assets/cabin`)")
    if options["further"]:
        names.append(
            f"{options['further_share']:.0%} of the set's pictures in a batch replaced by others of the same class "
            "and of drivers who train the fold (smaller copies: the set of 80x60 has more of the rare classes)"
        )
    words = f"Augmentation: {'; '.join(names)}. "
    if options["sampling"] == "balanced":
        words = (
            "Batches favour rare (driver, class) pairs; the exported classifier's bias is moved back to the class "
            f"shares of the training pictures (logit adjustment). {words}"
        )
    marks = f"{len(options['validate_at'])} of each run" if options["validate_at"] else "one after every epoch"
    best = "lowest validation log loss" if options["keep"] == "loss" else "best validation accuracy"
    return f"{words}The checkpoint of {best} is kept, among {marks}"


def _differences(first: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Options of ``other`` that ``first`` has not; the wall budget is no difference."""
    return {
        name: value
        for name, value in other["options"].items()
        if value != first["options"][name] and name != "budget_minutes"
    }


def _say(value: Any) -> str:
    """An option's value; tuples, also those that a checkpoint has made lists, without their brackets."""
    if isinstance(value, (tuple, list)):
        return " and ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _describe_other(first: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> str:
    options = other[0]["options"]
    if not other[0]["steps"]:
        title = ARCHITECTURES[options["network"]].title
        return (
            f"{len(other)} x {title}, taken over from {options['start_from']} as they were; the card of that version, "
            "in the history of this repository, tells how they were trained."
        )
    changes = _differences(first[0], other[0])
    words = ", ".join(f"{name.replace('_', ' ')} {_say(value)}" for name, value in changes.items())
    return f"{len(other)} x the same, with {words}. {describe_epochs(other)}."


def _describe_training(training: Sequence[Mapping[str, Any]]) -> str:
    options = training[0]["options"]
    dropout = f" of {options['dropout']:g}" if options["dropout"] is not None else ""
    head = f"the head has dropout{dropout} and an output for each of the 10 classes"
    networks = f"{len(training)} x {_network(options)}; {head}"
    if options["start_from"]:
        networks += (
            ". They went on from checkpoints that had been trained before, on none of the fold's validation drivers "
            "either"
        )
    if options["averaged_with"]:
        networks += f". Their weights are the mean of those of {len(options['averaged_with']) + 1} such trainings"
    if options["teacher"]:
        networks += (
            f". A share of {options['teacher_share']:g} of the loss is the divergence from a teacher's probabilities "
            f"(T = {options['teacher_temperature']:g}) who saw none of the fold's validation drivers either"
        )
    return f"{networks}. {_rates(options)}. {describe_epochs(training)}. {_pictures(options)}."


def describe_method(training: Sequence[Mapping[str, Any]]) -> str:
    """Paragraphs on the folds, from their options: one a training, of which only the first new one is told in full."""
    trainings: list[list[Mapping[str, Any]]] = []
    for each in training:
        if trainings and _differences(trainings[-1][0], each) == {}:
            trainings[-1].append(each)
        else:
            trainings.append([each])
    told = next((each for each in trainings if each[0]["steps"]), trainings[0])  # what was taken over tells little
    return "\n\n".join(_describe_training(each) if each is told else _describe_other(told, each) for each in trainings)


def describe_preparation(prepare: Mapping[str, Any]) -> str:
    """What the application does to a frame."""
    crop, goal = prepare.get("crop"), prepare["resize"]
    words = [
        f"centre {crop['width']}x{crop['height']}" if crop else "no crop",
        f"{goal['interpolation']} resize to {goal['width']}x{goal['height']}",
    ]
    if prepare["extra"] != "none":
        words.append(prepare["extra"])
    mean, std = ([round(value, 8) for value in prepare[key]] for key in ("mean", "std"))
    lite = mean == [round(127 / 255, 8)] * 3
    return ", ".join([*words, prepare["colorOrder"], LITE_WORDS if lite else f"mean {mean}, std {std}"])


def describe_preparations(entries: Sequence[Mapping[str, Any]]) -> str:
    """What the application does to a frame for each fold; those that are prepared alike are told together."""
    folds: dict[str, list[str]] = {}
    for entry in entries:
        folds.setdefault(describe_preparation(entry["preparation"]), []).append(entry["name"])
    if len(folds) == 1:
        return next(iter(folds))
    return "; ".join(f"{words} ({' '.join(names)})" for words, names in folds.items())
