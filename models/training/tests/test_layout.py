from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "roadward_training"

# A folder, or a module beside the folders, imports only what stands in a line above its own.
ORDER = [
    {"errors"},
    {"data"},
    {"options"},
    {"networks", "measure"},
    {"train"},
    {"export"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
LINE = {room: line for line, rooms in enumerate(ORDER) for room in rooms}


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """The modules of the package that a file imports, wherever in it, as parts below the package."""
    here = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
            yield from (name[1:] for name in names if name[0] == PACKAGE.name and name[1:])
        elif isinstance(node, ast.ImportFrom):
            name = tuple((node.module or "").split(".")) if node.module else ()
            if node.level:
                name = (*here[: len(here) - node.level + 1], *name)
            elif name[0] == PACKAGE.name:
                name = name[1:]
            else:
                continue
            # "from . import x" names the modules where others have names of a module
            yield from [name] if name else [(alias.name,) for alias in node.names]


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def test_every_folder_and_module_has_its_place_in_the_order() -> None:
    assert {room_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__"} == set(LINE)


def test_imports_go_up_the_order_only() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {'.'.join(name)}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in imported(path)
        if name[0] != room_of(path) and LINE[name[0]] >= LINE[room_of(path)]
    ]
    assert wrong == []
