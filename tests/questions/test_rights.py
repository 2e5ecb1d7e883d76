"""Who may: every command, button, select and form with which questions are looked after, for five kinds of people.

olga may manage the server, dana has the role that looks after questions, bob has nothing, dana has had the role taken
away a second ago, and mallory presses in another server, which she may manage, what she has copied from this one.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.act import Act
from bot.audit import ui as audit
from bot.questions import actions, bring, browse, review, stats, ui
from bot.questions.actions import DONE
from bot.questions.bring import Brought
from bot.questions.draft import Draft
from bot.setup import ui as setup
from content.deck import QUESTION
from storage import drafts
from storage.tables import Base
from tests.build import make_own
from tests.questions.deeds import (
    COMMANDS,
    DEEDS,
    FILE,
    OF_A_DRAFT,
    OF_ONES_OWN,
    PEOPLE,
    PRESSES,
    QUESTION_DRAFT,
    SEARCH,
    SECRET,
    SETUP,
    SETUP_ELSEWHERE,
    Deed,
)
from tests.questions.steps import suggest
from tests.stage import Stage

NOT_YOU = "Only people who may manage this server or have the role <@&{role}> can do that."
NOT_YOUR_SETUP = "Only people who may manage this server can set me up. Please ask one of them."


@pytest.fixture
async def server(stage: Stage) -> Stage:
    """A server with a live, a waiting and a retired question, and drafts of everybody."""
    await stage.trust_editors()
    await stage.add_own({"prompt": f"Is it {SECRET}?", "explanation": SECRET})
    await suggest(stage, prompt=f"Is it {SECRET} too?", explanation=SECRET)
    await stage.add_own({"prompt": f"Was it {SECRET}?", "explanation": SECRET})
    await stage.slash("olga", "question retire", number=3)
    for who in ("olga", "dana", "bob"):
        await begin_drafts(stage, who)
    return stage


async def begin_drafts(stage: Stage, who: str) -> None:
    """A question, a search and a file that somebody has begun, as it would stand in the table."""
    person, offset, now = stage.people[who].id, PEOPLE[who], stage.clock.now()
    texts = {"prompt": f"Is it {SECRET} now?", "source": "page 3"}
    draft = Draft(purpose="add", kind="truefalse", texts=texts, key=(0,), deck="General")
    await stage.db.write(actions.keep_draft, Act(stage.guild.id, QUESTION_DRAFT + offset, person, now), draft)
    made = QUESTION.validate_python({"theme": "General"} | make_own(prompt=f"Is it {SECRET} in a file?"))
    body = Brought(questions=(made,), again=(), twins=0).model_dump_json()
    await stage.db.write(drafts.add_draft, stage.guild.id, SEARCH + offset, person, "search", "is it", now)
    await stage.db.write(drafts.add_draft, stage.guild.id, FILE + offset, person, "import", body, now)


async def do(stage: Stage, who: str, deed: Deed, elsewhere: Any = None) -> str:
    """Do it as somebody; what they are told."""
    if deed in COMMANDS:
        return (await stage.slash(who, deed.does, elsewhere, **deed.options)).text
    offset = PEOPLE[who]
    id = deed.does.format(q=QUESTION_DRAFT + offset, s=SEARCH + offset, f=FILE + offset)
    if deed.choose is not None:
        value = deed.choose.format(c=(elsewhere or stage.quiz).id)
        return await stage.forge_choice(who, id, value, channel=elsewhere)
    if deed.fill is not None:
        return await stage.forge_form(who, id, deed.fill, elsewhere)
    return await stage.forge(who, id, elsewhere)


async def holds(stage: Stage) -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept of the server: the rows of every table."""

    def read(session: Session) -> dict[str, list[tuple[Any, ...]]]:
        tables = Base.metadata.sorted_tables
        rows = {t.name: session.execute(select(t).where(t.c.guild_id == stage.guild.id)) for t in tables}
        return {name: sorted(map(tuple, found), key=repr) for name, found in rows.items()}

    return await stage.db.read(read)


# --- the matrix ----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("deed", DEEDS, ids=str)
async def test_another_servers_moderator_learns_and_changes_nothing(server: Stage, deed: Deed) -> None:
    elsewhere = await server.open_elsewhere()
    before = await holds(server)
    told = await do(server, "mallory", deed, elsewhere)
    assert told[: len(deed.elsewhere)] == deed.elsewhere
    assert SECRET not in told
    assert await holds(server) == before


@pytest.mark.parametrize("deed", OF_A_DRAFT, ids=str)
async def test_a_moderator_may_not_go_on_with_a_draft_of_another(server: Stage, deed: Deed) -> None:
    before = await holds(server)
    of_dana = Deed(deed.does.format(q=QUESTION_DRAFT + PEOPLE["dana"]), "", "", choose=deed.choose, fill=deed.fill)
    assert await do(server, "olga", of_dana) == DONE
    assert await holds(server) == before


# --- what everybody may, with what is their own --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["olga", "dana", "bob"])
async def test_everybody_may_suggest(server: Stage, who: str) -> None:
    form = await server.slash(who, "question suggest", kind="number")
    card = await server.submit(who, form, prompt="How wide is it?", answer="4 m", source="page 4")
    assert (await server.press(who, card.message, "Send in")).text.startswith("**#4** is sent in.")


@pytest.mark.parametrize("deed", OF_ONES_OWN, ids=str)
async def test_everybody_may_drop_what_they_began(server: Stage, deed: Deed) -> None:
    await server.take_role("dana", server.editor)
    assert [await do(server, who, deed) for who in ("olga", "dana", "bob")] == [deed.told] * 3


@pytest.mark.parametrize("deed", OF_ONES_OWN[:2], ids=str)
async def test_nobody_may_drop_what_another_began(server: Stage, deed: Deed) -> None:
    elsewhere = await server.open_elsewhere()
    before = await holds(server)
    of_olga = Deed(deed.does.format(q=QUESTION_DRAFT + PEOPLE["olga"], f=FILE + PEOPLE["olga"]), "", "")
    assert [await do(server, who, of_olga) for who in ("dana", "bob")] == [deed.elsewhere] * 2
    assert await do(server, "mallory", of_olga, elsewhere) == deed.elsewhere
    assert await holds(server) == before


@pytest.mark.parametrize(
    ("who", "purpose"), [("olga", "add"), ("dana", "add"), ("bob", "suggest"), ("dana, who had the role", "suggest")]
)
async def test_the_menu_of_a_message_begins_what_one_may(server: Stage, who: str, purpose: str) -> None:
    if who not in server.people:
        await server.take_role("dana", server.editor)
    name = who.partition(",")[0]
    before = await holds(server)
    message = await server.people["carol"].send(server.quiz, "Is it so?")
    await server.menu(name, "Make a question of this", message)
    (row,) = [row for row in (await holds(server))["drafts"] if row not in before["drafts"]]
    assert next(Draft.model_validate_json(cell).purpose for cell in row if str(cell).startswith("{")) == purpose


# --- setup ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", SETUP, ids=str)
async def test_only_people_who_may_manage_the_server_set_the_bot_up(server: Stage, deed: Deed) -> None:
    before = await holds(server)
    assert [await do(server, who, deed) for who in ("dana", "bob")] == [NOT_YOUR_SETUP] * 2
    elsewhere = await server.open_elsewhere()
    assert (await do(server, "mallory", deed, elsewhere)).startswith(deed.told)  # of her own server
    assert await holds(server) == before
    assert (await do(server, "olga", deed)).startswith(deed.told)
    assert (await holds(server))["settings"] != before["settings"]


async def test_the_command_is_checked_by_the_bot_too_where_a_server_opens_it_to_all(server: Stage) -> None:
    command = server.env.backend.find_command("setup", None)
    assert command is not None
    server.guild.set_command_permissions(int(command["id"]), {server.guild.default_role: True})
    assert [(await server.slash(who, "setup start")).text for who in ("dana", "bob")] == [NOT_YOUR_SETUP] * 2


# --- nothing is forgotten ------------------------------------------------------------------------------------------


def test_every_press_of_these_features_stands_in_a_table_here() -> None:
    routes = [*ui.ROUTES, *browse.ROUTES, *review.ROUTES, *bring.ROUTES, *stats.ROUTES, *audit.ROUTES, *setup.ROUTES]
    tried = {":".join(deed.does.split(":")[:2]) for deed in (*PRESSES, *OF_A_DRAFT, *OF_ONES_OWN, *SETUP)}
    assert sorted(tried | set(SETUP_ELSEWHERE)) == sorted(routes)


async def test_every_command_of_these_features_stands_in_a_table_here(stage: Stage) -> None:
    offered = stage.people["olga"].available_commands(stage.quiz)
    ours = {name for name in offered if name.split()[0] in ("question", "audit", "setup")}
    assert {deed.does for deed in COMMANDS} | {"question suggest", "setup start", "setup check"} == ours
