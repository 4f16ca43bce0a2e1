"""A Dockerfile as its instructions, stage by stage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATHS = sorted((ROOT / "images").glob("*/Dockerfile"))


@dataclass(frozen=True)
class Instruction:
    """One instruction: `word` in capitals, `text` what follows it, with continued lines joined."""

    word: str
    text: str


@dataclass(frozen=True)
class Dockerfile:
    """`before` stands above the first FROM; each stage begins with its FROM."""

    before: tuple[Instruction, ...]
    stages: tuple[tuple[Instruction, ...], ...]

    @property
    def last(self) -> tuple[Instruction, ...]:
        return self.stages[-1]

    def all(self, word: str) -> list[str]:
        """The texts of all instructions of a kind, in order."""
        return [one.text for part in (self.before, *self.stages) for one in part if one.word == word]

    def inherited(self, word: str) -> list[str]:
        """The texts of the instructions of a kind that shape the image: those of the last stage and of its bases."""
        part, found = self.last, []
        named = {one[0].text.split(" AS ")[1]: one for one in self.stages if " AS " in one[0].text}
        while True:
            found = [one.text for one in part if one.word == word] + found
            base = part[0].text.split(" AS ")[0]
            if base not in named:
                return found
            part = named[base]


def read(path: Path) -> Dockerfile:
    """Read a Dockerfile as plain as ours: no heredocs, no escape directive."""
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(kept))
    instructions = [Instruction(*line.split(" ", 1)) for line in joined.splitlines() if line.strip()]
    starts = [index for index, one in enumerate(instructions) if one.word == "FROM"]
    ends = [*starts[1:], len(instructions)]
    stages = tuple(tuple(instructions[start:end]) for start, end in zip(starts, ends, strict=True))
    return Dockerfile(tuple(instructions[: starts[0]]), stages)
