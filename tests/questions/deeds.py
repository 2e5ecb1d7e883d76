"""Everything that can be done with questions, as tables: what is done, what is told, what is told in another server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.questions.actions import DONE, NO_FILE
from bot.questions.ui import PREVIEW

NO_QUESTION = "I don't know a question #{} here. /question list shows what there is."
LIST = "### This server's questions"
NO_LIST = f"{LIST}\nThere are none of that kind yet."
QUEUE = "### Suggestions that wait for a review"
NO_QUEUE = f"{QUEUE}\nThere are none."
NO_LOG = "### Audit log\nNothing is noted yet."
TOO_OLD = "That search is too old."
SECRET = "hush"  # stands in everything that the server has written

# The drafts that everybody has begun, while they might: each kind under its own number, which goes with the person.
QUESTION_DRAFT, SEARCH, FILE = 1000, 2000, 3000
PEOPLE = {"olga": 1, "dana": 2, "bob": 3, "mallory": 1}  # mallory has copied olga's cards


FILE_OF_ONE = ("f.csv", b"question,correct\nQ?,A\n")


@dataclass(frozen=True)
class Deed:
    """Something that is done, how what those who may are told begins, and what is told in a server without all this."""

    does: str  # a command, or the route and the ids of a custom_id; {q}, {s}, {f} are the person's own drafts
    told: str
    elsewhere: str
    options: Mapping[str, Any] = field(default_factory=dict)  # of a command
    choose: str | None = None  # the value taken, in a select; {c} is the channel in which it is done
    fill: Mapping[str, str] | None = None  # the texts, in a form

    def __str__(self) -> str:
        return self.does


COMMANDS = [
    Deed("question add", "A number", "A number", {"kind": "number"}),
    Deed("question edit", "### Question #1", NO_QUESTION.format(1), {"number": 1}),
    Deed("question retire", "#1 is retired", NO_QUESTION.format(1), {"number": 1}),
    Deed("question show", "### #1", NO_QUESTION.format(1), {"number": 1}),
    Deed("question list", LIST, NO_LIST),
    Deed("question search", "### Questions with", "### Questions with", {"words": "is it"}),
    Deed("question review", QUEUE, NO_QUEUE),
    Deed("question import", "### f.csv: 1 question", "### f.csv: 1 question", {"file": FILE_OF_ONE}),
    Deed("question export", "### 1 question as", "There are no questions to hand out yet."),
    Deed("question stats", "No question has been asked", "No question has been asked"),
    Deed("audit", "### Audit log\n<@", NO_LOG),
    Deed("audit", "### Audit log of #2\n<@", "### Audit log of #2\nNothing is noted yet.", {"number": 2}),
]
PRESSES = [
    Deed("question:edit:1", "### Question #1", NO_QUESTION.format(1)),
    Deed("question:edit:2", "### Suggestion #2", NO_QUESTION.format(2)),
    Deed("question:list:all:all:general:0", LIST, NO_LIST),
    Deed("question:found:{s}:0", "### Questions with", TOO_OLD),
    Deed("question:chosen", "### #1", NO_QUESTION.format(1), choose="1"),
    Deed("question:history:1", "### History of #1", NO_QUESTION.format(1)),
    Deed("question:versions:1:0", "### History of #1", NO_QUESTION.format(1)),
    Deed("question:retire:1", "### #1 · General\n-# True or false · medium · retired", NO_QUESTION.format(1)),
    Deed("question:restore:3", "### #3 · General\n-# True or false · medium · asked in rounds", NO_QUESTION.format(3)),
    Deed("review:page:0", QUEUE, NO_QUEUE),
    Deed("review:chosen", "### #2", NO_QUESTION.format(2), choose="2"),
    Deed("review:approve:2:1", "### #2", NO_QUESTION.format(2)),
    Deed("review:reject:2", "Turn down #2", NO_QUESTION.format(2)),
    Deed("review:turned:2", "### #2", NO_QUESTION.format(2), fill={"reason": "No."}),
    Deed("import:take:{f}:1", "1 question saved, from #4 on.", NO_FILE),
    Deed("stats:page:0", "No question has been asked", "No question has been asked"),
    Deed("audit:page:0:0", "### Audit log\n<@", NO_LOG),
    Deed("audit:page:2:0", "### Audit log of #2\n<@", "### Audit log of #2\nNothing is noted yet."),
]
# With a draft that was begun as a moderator's, not as a suggestion.
OF_A_DRAFT = [
    Deed("draft:open:{q}", "True or false", DONE),
    Deed("draft:submit:{q}", "### New question", DONE, fill={"prompt": "Is it?", "source": "page 3"}),
    Deed("draft:kind:{q}", "A number", DONE, choose="number"),
    Deed("draft:key:{q}", "### New question", DONE, choose="1"),
    Deed("draft:status:{q}", "### New question", DONE, choose="stated"),
    Deed("draft:difficulty:{q}", "### New question", DONE, choose="3"),
    Deed("draft:tell:{q}", "### New question", DONE),
    Deed("draft:save:{q}", "**#4** is saved", DONE),
]
DEEDS = [*COMMANDS, *PRESSES, *OF_A_DRAFT]
OF_ONES_OWN = [
    Deed("draft:discard:{q}", "Discarded. Nothing was saved.", DONE),
    Deed("import:cancel:{f}", "Cancelled. Nothing was saved.", NO_FILE),
    Deed("draft:look:{q}:0", PREVIEW, PREVIEW),
    Deed("draft:peek:{q}", PREVIEW, PREVIEW),
]
SETUP = [
    Deed("setup:role", "## Setup", "", choose="5"),
    Deed("setup:quiz", "## Setup", "", choose="{c}"),
    Deed("setup:zone", "## Setup", "", choose="Europe/Vilnius"),
    Deed("setup:subject", "## Setup", "", choose="shapes"),
    Deed("setup:channel", "## More settings", "", choose="{c}"),
    Deed("setup:limit", "## More settings", "", choose="3"),
    Deed("setup:second:1", "## More settings", ""),
    Deed("setup:approval", "## More settings", "", choose="all"),
    Deed("setup:winner:1", "## More settings", ""),
]
# Nothing is saved by these: tests/setup presses them.
SETUP_ELSEWHERE = ["setup:another", "setup:typed", "setup:begin", "setup:more", "setup:back", "setup:subjects"]
