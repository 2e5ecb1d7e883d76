"""The one question that is pressed, as a pack for Offramp and as plain texts for the bare bot."""

from __future__ import annotations

import json
from pathlib import Path

from tests.build import make_pack

PROMPT = "Which of these does the text name as the reason why the railway line through the gap matters so much?"
OPTIONS = (
    "It is the shortest way between two capitals",
    "It is the only land way between two allies",
    "It carries most of the grain of the region",
    "It was built by both sides together long ago",
)
KIND = "single"


def write_pack(folder: Path) -> str:
    """Write a pack of this question only into a folder; the pack's id."""
    question = {"kind": KIND, "prompt": PROMPT, "options": list(OPTIONS), "key": "B"}
    pack = make_pack(question, id="bench", title="Bench")
    folder.mkdir()
    written = json.dumps(pack.model_dump(mode="json", exclude_unset=True))  # JSON is YAML
    (folder / "pack.yaml").write_text(written, encoding="utf-8")
    return pack.id
