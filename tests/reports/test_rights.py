"""Who may: every command, button, select and form with which questions are ruled on, for five kinds of people.

olga may manage the server, dana has the role that looks after questions, bob has nothing, dana has had the role taken
away a second ago, and mallory presses in another server, which she may manage, what she has copied from this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot import reporting
from bot.act import Act
from bot.reports import actions, ui
from bot.reports.actions import NOT_THERE, Proposal
from tests.build import SINGLE, TYPED
from tests.questions.rounds import hold, make_items
from tests.questions.test_rights import NOT_YOU, holds
from tests.reports.steps import THANKS
from tests.stage import Stage

SECRET = "hush"  # stands in everything that the server has asked and said
LIST = "### Reported questions"
NO_LIST = f"{LIST}\nNothing is open."
NOT_YOURS = actions.NOT_WAITING
PREVIEW = "### Accept another answer: "
CORRECTED = "### Correct the key: "
CHOICE = f"### Which shape is {SECRET}?"
ROUND = 7
DRAFT = 1000  # the ruling that each has begun, while they might, is numbered from here
PEOPLE = {"olga": 1, "dana": 2, "bob": 3, "mallory": 1}  # mallory has copied olga's cards
CHOSEN = SINGLE | {"prompt": f"Which shape is {SECRET}?", "explanation": SECRET}
WRITTEN = TYPED | {"prompt": f"What is called {SECRET}?", "explanation": SECRET}


@dataclass(frozen=True)
class Deed:
    """Something that is done, how what those who may are told begins, and what is told in a server without all this."""

    does: str  # the route and the ids of a custom_id; {d} is the person's own draft
    told: str
    elsewhere: str = NOT_THERE
    choose: str | None = None  # the value taken, in a select
    fill: Mapping[str, str] | None = None  # the texts, in a form

    def __str__(self) -> str:
        return self.does


COMMAND = Deed("reports", f"{LIST}\n**", NO_LIST)
DEEDS = [
    COMMAND,
    Deed("reports:page:0", f"{LIST}\n**", NO_LIST),
    Deed("reports:chosen", "### Reported: ", choose="7-0"),
    Deed("reports:open:7:0", "### Reported: "),
    Deed("ruling:accept:7:0", CHOICE),
    Deed("ruling:correct:7:0", CHOICE),
    Deed("ruling:void:7:0", "### Void: "),
    Deed("ruling:keep:7:0", "The question stays as it is"),
    Deed("ruling:picked:accept:7:0", PREVIEW, choose="0"),
    Deed("ruling:picked:correct:7:0", CORRECTED, choose="0"),
    Deed("ruling:ask:accept:7:1", "Accept another answer"),
    Deed("ruling:ask:correct:7:1", "Correct the key"),
    Deed("ruling:typed:accept:7:1", PREVIEW, fill={"text": "Trakai"}),
    Deed("ruling:typed:correct:7:1", CORRECTED, fill={"text": "Trakai"}),
    Deed("ruling:confirm:{d}", "### Done", NOT_YOURS),
    Deed("ruling:cancel:{d}", "Cancelled.", NOT_YOURS),
]
OF_A_DRAFT = DEEDS[-2:]
REPORTS = [
    Deed("report:open:7:0", "Report this question"),
    Deed("report:send:7:0", THANKS, fill={"reason": "key", "note": "It is."}),
]


@pytest.fixture
async def server(stage: Stage) -> Stage:
    """A server with a round that is over, two questions of it reported, and rulings on one that everybody has begun."""
    await stage.trust_editors()
    single, typed = make_items(CHOSEN, WRITTEN)
    here = {"channel_id": stage.quiz.id, "home_id": stage.quiz.id}

    def save(session: Session) -> None:
        hold(session, ROUND, (single, {1: [1], 2: [0]}), (typed, {1: "grove"}), guild_id=stage.guild.id, **here)
        for position, item in enumerate((single, typed)):
            where = {"guild_id": stage.guild.id, "round_id": ROUND, "position": position, "question_id": item.id}
            reporting.report(session, where | {"user_id": 2, "reason": "key", "note": SECRET, "at": 1})
        after = single.model_copy(update={"key": (0,)})
        for who in ("olga", "dana", "bob"):
            act = Act(stage.guild.id, DRAFT + PEOPLE[who], stage.people[who].id, stage.clock.now())
            ruling = Proposal(round_id=ROUND, position=0, kind="correct", before=single, after=after)
            actions.propose(session, act, ruling)

    await stage.db.write(save)
    return stage


async def do(stage: Stage, who: str, deed: Deed, elsewhere: Any = None) -> str:
    """Do it as somebody; what they are told."""
    if deed is COMMAND:
        return (await stage.slash(who, deed.does, elsewhere)).text
    id = deed.does.format(d=DRAFT + PEOPLE[who])
    if deed.choose is not None:
        return await stage.forge_choice(who, id, deed.choose, channel=elsewhere)
    if deed.fill is not None:
        return await stage.forge_form(who, id, deed.fill, elsewhere)
    return await stage.forge(who, id, elsewhere)


@pytest.mark.parametrize("who", ["olga", "dana"])
@pytest.mark.parametrize("deed", DEEDS, ids=str)
async def test_people_who_may_manage_the_server_and_those_with_its_role_may(
    server: Stage, deed: Deed, who: str
) -> None:
    assert (await do(server, who, deed))[: len(deed.told)] == deed.told


@pytest.mark.parametrize("who", ["bob", "dana"])
@pytest.mark.parametrize("deed", DEEDS, ids=str)
async def test_members_may_not_nor_those_who_had_the_role_a_second_ago(server: Stage, deed: Deed, who: str) -> None:
    await server.take_role("dana", server.editor)
    before = await holds(server)
    told = await do(server, who, deed)
    refused = NOT_YOU.format(role=server.editor.id)
    assert told == f"{refused} /help shows what you may use here."
    assert await holds(server) == before


@pytest.mark.parametrize("deed", [*DEEDS, *REPORTS], ids=str)
async def test_another_servers_moderator_learns_and_changes_nothing(server: Stage, deed: Deed) -> None:
    elsewhere = await server.open_elsewhere()
    before = await holds(server)
    told = await do(server, "mallory", deed, elsewhere)
    assert told[: len(deed.elsewhere)] == deed.elsewhere
    assert SECRET not in told
    assert await holds(server) == before


@pytest.mark.parametrize("deed", OF_A_DRAFT, ids=str)
async def test_a_moderator_may_not_go_on_with_a_ruling_of_another(server: Stage, deed: Deed) -> None:
    before = await holds(server)
    assert await server.forge("olga", deed.does.format(d=DRAFT + PEOPLE["dana"])) == NOT_YOURS
    assert await holds(server) == before


@pytest.mark.parametrize("who", ["olga", "dana", "bob"])
@pytest.mark.parametrize("deed", REPORTS, ids=str)
async def test_everybody_may_report(server: Stage, deed: Deed, who: str) -> None:
    assert (await do(server, who, deed))[: len(deed.told)] == deed.told


async def test_the_command_is_checked_by_the_bot_itself(server: Stage) -> None:
    command = server.env.backend.find_command("reports", None)
    assert command is not None
    server.guild.set_command_permissions(int(command["id"]), {server.guild.default_role: True})
    assert (await server.slash("bob", "reports")).text.startswith(NOT_YOU.format(role=server.editor.id))


def test_every_press_of_this_feature_stands_in_a_table_here() -> None:
    tried = {":".join(deed.does.split(":")[:2]) for deed in (*DEEDS[1:], *REPORTS)}
    assert sorted(tried) == sorted(ui.ROUTES)
