"""A structured debate is pressed: turns, restatements and questions, each with its form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.debate import audience, facts, floor, kept
from bot.debate.floor import LONGEST, SHORT, Remark
from bot.debate.formats import KINDS
from bot.debate.place import find_place
from bot.debate.posting import recount
from bot.debate.wording import find_cites, list_arguments
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Choice, Form, custom_id
from bot.press import Press
from bot.text import clip, escape, sections, see
from storage import debates

SPEECH_LINKS = 1  # in a speech: an outside source, which nobody has checked
CROSS = "Ask the other side one question about what they said. They can answer it in their closing."
NOTHING = "There is nothing in it yet. Please write a sentence or two."
KEPT = "What you wrote is kept for a day: the form opens with it."
POSTED = "Thank you. It is posted in a moment, under your name."
LOOKED_AT = "Thank you. A moderator looks at it first; then it is posted, under your name. The debate goes on."


async def speak_pressed(press: Press, debate_id: int, position: int) -> None:
    """Open the form for a turn, to whoever's turn it is; what was refused before stands in it."""
    place, now = await find_place(press, debate_id), press.bot.clock.now()
    await press.bot.db.read(floor.check_speaker, place, position, now)
    motion, kind, question = await press.bot.db.read(facts.get_form, press.guild_id, debate_id)
    was = await press.bot.db.read(kept.find, press.act, debate_id, "said")
    form = Form(custom_id("debate:said", debate_id, position), KINDS[kind][0])
    asked = f"**{'You were asked' if kind == 'closing' else 'The question'}:** {escape(question)}" if question else ""
    lines = (f"Motion: **{escape(motion.text)}**", CROSS if kind == "cross" else "", asked)
    form.text("\n".join(filter(None, lines)))
    if kind == "restatement":
        hint = "As they would put it themselves. No links."
        form.field("text", "Their best point, in your words", hint, SHORT, lines=True, value=was.text)
        await press.ask(form)
        return
    hint = "Shown under your name. Argue about the matter. One link to a source at most."
    form.field("text", "What you say", hint, LONGEST, lines=True, value=was.text)
    choices = [
        Choice(clip(f"{sections(argument.cite)} · {argument.text}", 100), key, f"An argument {side}", key in was.cites)
        for key, side, argument in list_arguments(motion)
    ]
    form.select("cites", "I rely on (as many as you like)", choices[:25], most=len(choices[:25]), required=False)
    await press.ask(form)


async def speech_submitted(press: Press, debate_id: int, position: int) -> None:
    """Take a turn, after holding its words to the server's own rules."""
    place, now = await find_place(press, debate_id), press.bot.clock.now()
    async with _keeping(press, debate_id, "said") as text:
        await press.bot.db.read(floor.check_speaker, place, position, now)
        motion, kind, _ = await press.bot.db.read(facts.get_form, press.guild_id, debate_id)
        await press.bot.automod.check_text(press, text, 0 if kind == "restatement" else SPEECH_LINKS)
        remark = Remark(press.id, position, text, find_cites(motion, press.taken("cites")))
        await press.bot.db.write(floor.speak, place, remark, press.bot.clock.now())
    said = await press.bot.db.read(debates.get_speech, press.guild_id, press.id)
    await press.say(LOOKED_AT if said and said.state == "waiting" else POSTED)


async def pass_pressed(press: Press, debate_id: int, position: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(floor.give_way, place, position, press.bot.clock.now())
    await press.say("You pass. The debate goes on.")


async def more_pressed(press: Press, debate_id: int, position: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(floor.extend, place, position, press.bot.clock.now())
    await press.say("You have a minute more. Each side can have that once.")


async def fair_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    place = await find_place(press, debate_id)
    await press.bot.db.write(audience.judge, place, speech_id, True, "", press.bot.clock.now())
    await press.say("Noted: you find it fair.")


async def unfair_pressed(press: Press, debate_id: int, speech_id: int) -> None:
    """Ask what is missing; the other side may try once more."""
    await press.bot.db.read(audience.check_judge, await find_place(press, debate_id), speech_id)
    was = await press.bot.db.read(kept.find, press.act, debate_id, "why")
    form = Form(custom_id("debate:why", debate_id, speech_id), "Not quite")
    last = await press.bot.db.read(facts.is_second_try, press.guild_id, speech_id)
    hint = f"It is shown{'' if last else ', and they may try once more'}. No links."
    form.field("text", "What is missing or wrong?", hint, SHORT, lines=True, value=was.text)
    await press.ask(form)


async def why_submitted(press: Press, debate_id: int, speech_id: int) -> None:
    place = await find_place(press, debate_id)
    async with _keeping(press, debate_id, "why") as text:
        await press.bot.automod.check_text(press, text)
        await press.bot.db.write(audience.judge, place, speech_id, False, text, press.bot.clock.now())
    last = await press.bot.db.read(facts.is_second_try, press.guild_id, speech_id)
    await recount(press.bot, press.guild_id, debate_id)
    await press.say(f"Noted. {'The' if last else 'They may try once more, and then the'} debate goes on.")


async def ask_pressed(press: Press, debate_id: int) -> None:
    """Open the form for a question of the audience."""
    await press.bot.db.read(audience.check_asker, await find_place(press, debate_id))
    was = await press.bot.db.read(kept.find, press.act, debate_id, "asked")
    form = Form(custom_id("debate:asked", debate_id), "A question for both sides")
    hint = "The chair chooses. Others are not shown your name; a moderator may see it. No links."
    form.field("text", "Your question", hint, SHORT, lines=True, value=was.text)
    await press.ask(form)


async def question_submitted(press: Press, debate_id: int) -> None:
    place = await find_place(press, debate_id)
    async with _keeping(press, debate_id, "asked") as text:
        await press.bot.automod.check_text(press, text)
        await press.bot.db.write(audience.ask, place, press.id, text, press.bot.clock.now())
    said = await press.bot.db.read(debates.get_speech, press.guild_id, press.id)
    if said is None or not said.held:
        await press.say("Thank you. The chair can put it to both sides when it is time for questions.")
        return
    await press.say("Thank you. A moderator looks at it first; then the chair can put it to both sides.")
    await recount(press.bot, press.guild_id, debate_id)


@asynccontextmanager
async def _keeping(press: Press, debate_id: int, form: str) -> AsyncIterator[str]:
    """What was written in a form. If it is refused it is kept for who wrote it, and no more once it is taken."""
    text = press.fields.get("text", "").strip()[:LONGEST]
    if not see(text):
        raise Refusal(NOTHING)
    try:
        yield text
    except Refusal as refusal:
        if str(refusal) in (floor.NO_DEBATE, floor.OVER):  # no form of it opens any more
            await press.bot.db.write(kept.drop, press.act, debate_id, form)
            raise
        written = kept.Kept(debate_id=debate_id, form=form, text=text, cites=tuple(press.taken("cites")))
        await press.bot.db.write(kept.keep, press.act, written)
        raise Refusal(f"{refusal} {KEPT}") from refusal
    await press.bot.db.write(kept.drop, press.act, debate_id, form)


ROUTES: dict[str, Handler] = {
    "debate:speak": speak_pressed,
    "debate:said": speech_submitted,
    "debate:pass": pass_pressed,
    "debate:more": more_pressed,
    "debate:fair": fair_pressed,
    "debate:unfair": unfair_pressed,
    "debate:why": why_submitted,
    "debate:ask": ask_pressed,
    "debate:asked": question_submitted,
}
