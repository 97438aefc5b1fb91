"""Make test/fixtures/ensembles: a tiny ensemble that knows colours, and broken networks.

    python models/training/tools/make_test_ensembles.py test/fixtures/ensembles

tiny/: three folds of a few hundred bytes with three different preparations. Each averages its picture to one
colour and prefers the class whose colour (tiny/colours.json, RGB) is nearest, so that a test that shows a plain
colour knows the class to expect. broken/: networks to put in place of tiny's fold-1, each with one fault;
broken/index.json says which error the application must raise.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from roadward_training.data.prepare import preparation
from roadward_training.export.manifest import fold_entry, write_manifest

OPSET, IR_VERSION = 17, 8  # old enough for every onnxruntime-node in use
SHARPNESS = 60.0  # logit gap of two colours a unit (0..1) apart

# One colour a class, far from each other; RGB
COLOURS = [
    (40, 160, 60), (230, 40, 40), (40, 60, 230), (235, 220, 40), (220, 50, 220),
    (40, 210, 220), (240, 140, 30), (120, 60, 20), (235, 235, 235), (20, 20, 20),
]  # fmt: skip


def colour_network(
    prepare: dict[str, Any],
    *,
    kind: str = "logits",
    input_name: str = "input",
    classes: int = 10,
    offset: float = 0.0,
    dtype: int = TensorProto.FLOAT,
) -> onnx.ModelProto:
    """GlobalAveragePool -> linear (-> softmax), so that the nearest colour wins; ``offset`` is added to the output.

    The parameters after ``kind`` are there to break it; ``dtype`` is the input's.
    """
    size = prepare["resize"]
    mean, std = (np.array(prepare[key], dtype=np.float64) for key in ("mean", "std"))
    wanted = np.array(COLOURS[:classes], dtype=np.float64) / 255
    if prepare["colorOrder"] == "BGR":
        wanted = wanted[:, ::-1]
    # -|x - c|^2 without the |x|^2 that all classes share, where x = std * input + mean
    weight = 2 * SHARPNESS * wanted * std
    bias = SHARPNESS * (2 * wanted @ mean - (wanted**2).sum(axis=1))

    def constant(name: str, value: NDArray[np.float64]) -> onnx.TensorProto:
        return numpy_helper.from_array(np.ascontiguousarray(value).astype(np.float32), name)

    nodes = [
        helper.make_node("Cast", [input_name], ["picture"], to=TensorProto.FLOAT),
        helper.make_node("GlobalAveragePool", ["picture"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["colour"]),
        helper.make_node("Gemm", ["colour", "weight", "bias"], ["scores"], transB=1),
        helper.make_node("Softmax" if kind == "probabilities" else "Identity", ["scores"], ["clean"]),
        helper.make_node("Add", ["clean", "offset"], [kind]),
    ]
    graph = helper.make_graph(
        nodes,
        "colours",
        [helper.make_tensor_value_info(input_name, dtype, [1, 3, size["height"], size["width"]])],
        [helper.make_tensor_value_info(kind, TensorProto.FLOAT, [1, classes])],
        [constant("weight", weight), constant("bias", bias), constant("offset", np.array([offset]))],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return model


def make_tiny(folder: Path) -> dict[str, Any]:
    """Write the tiny ensemble; the preparation of its first fold."""
    folder.mkdir(parents=True, exist_ok=True)
    report_mean, report_std = [0.31633861, 0.38164441, 0.37510719], [0.28836174, 0.32873901, 0.33058995]
    plain = preparation(80, 60, report_mean, report_std)
    mirrored = preparation(
        64,
        64,
        report_mean[::-1],
        report_std[::-1],
        interpolation="bilinear",
        antialias=True,
        color_order="BGR",
        mirror=True,
        crop={"height": 320, "width": 480},
    )
    small = preparation(48, 36, [0.5] * 3, [0.5] * 3, interpolation="bicubic", antialias=True)
    plans = [
        (plain, "logits", 1, ["p901", "p902"]),
        (mirrored, "probabilities", 1, ["p903"]),
        (small, "logits", 2, ["p904", "p905"]),
    ]
    folds = []
    for number, (prepare, kind, weight, drivers) in enumerate(plans, 1):
        file = folder / f"fold-{number}.onnx"
        onnx.save(colour_network(prepare, kind=kind), file)
        folds.append(fold_entry(file, prepare, kind=kind, weight=weight, valid_drivers=drivers))
    write_manifest(
        folder,
        folds,
        identity="tiny",
        version="1.0.0",
        title="Nearest colour, for tests",
        temperature=1.0,
        training={"data": "None: the weights are computed from tiny/colours.json.", "licence": "MIT"},
    )
    (folder / "colours.json").write_text(
        json.dumps({f"c{i}": colour for i, colour in enumerate(COLOURS)}, indent=1) + "\n"
    )
    return plain


def make_broken(folder: Path, plain: dict[str, Any]) -> None:
    """Write networks that do not keep what the manifest says of tiny's fold-1."""
    folder.mkdir(parents=True, exist_ok=True)
    narrow = preparation(50, 50, plain["mean"], plain["std"])
    faults: dict[str, tuple[str, onnx.ModelProto]] = {
        "wrong-shape": ("model-input-shape", colour_network(narrow)),
        "wrong-classes": ("model-class-count", colour_network(plain, classes=9)),
        "nan-output": ("model-output-nan", colour_network(plain, offset=float("nan"))),
        "infinite-output": ("model-output-nan", colour_network(plain, offset=float("inf"))),
        "wrong-input-name": ("model-input-name", colour_network(plain, input_name="pixels")),
        "wrong-output-name": ("model-output-name", colour_network(plain, kind="probabilities")),
        "wrong-dtype": ("model-input-dtype", colour_network(plain, dtype=TensorProto.DOUBLE)),
    }
    for name, (_, model) in faults.items():
        onnx.save(model, folder / f"{name}.onnx")
    index = [{"file": f"{name}.onnx", "insteadOf": "fold-1", "code": code} for name, (code, _) in faults.items()]
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the tiny and the broken ensembles for tests.")
    parser.add_argument("out", type=Path, help="folder to write, for example test/fixtures/ensembles")
    out: Path = parser.parse_args().out
    make_broken(out / "broken", make_tiny(out / "tiny"))


if __name__ == "__main__":
    main()
