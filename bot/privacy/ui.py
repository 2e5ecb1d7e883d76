"""Privacy is pressed: one private card on what is stored about somebody, and what they can choose."""

from __future__ import annotations

from bot.gate import Handler
from bot.kit import Button, Card, custom_id
from bot.press import Press
from bot.privacy import actions
from bot.privacy.actions import Choices

STORED = (
    "For this server I keep your Discord id, the name you were last seen under, what you answered in rounds and when, "
    "and the points that came of it. I also keep votes on motions, reports and suggestions that you sent in, questions "
    "you missed, and whether you asked for reminders. I read no messages. PRIVACY.md of whoever runs me says more, and "
    "how to have your data deleted or handed out."
)
SHOWN = (
    "**Boards:** you are shown on leaderboards and season podiums, with your name and points. If you hide, that goes "
    "for what I post from then on: what was posted before stays as it is."
)
HIDDEN = (
    "**Boards:** you are hidden. Leaderboards and season podiums leave you out; in a round's standing you are "
    "“somebody”. What was posted before stays as it is. Your points are kept, and /quiz me shows them to you alone."
)
REMINDED = "**Reminders:** I remind you of a daily question that you have not answered."


async def open_privacy(press: Press) -> None:
    await press.show(_draw(await press.bot.db.read(actions.get_choices, press.guild_id, press.user_id)))


async def hide_pressed(press: Press, hidden: int) -> None:
    """Hide whoever pressed, or show them again."""
    who = (press.guild_id, press.user_id, press.user_name)
    await press.update(_draw(await press.bot.db.write(actions.hide, *who, bool(hidden))))


async def stop_pressed(press: Press) -> None:
    await press.update(_draw(await press.bot.db.write(actions.stop_reminders, press.guild_id, press.user_id)))


def _draw(choices: Choices) -> Card:
    card = Card().text("## What I know about you").text(STORED).line()
    card.text(HIDDEN if choices.hidden else SHOWN)
    label = "Show me again" if choices.hidden else "Hide me from boards"
    buttons = [Button(label, custom_id("privacy:hide", int(not choices.hidden)))]
    if choices.reminded:
        card.text(REMINDED)
        buttons.append(Button("Stop reminders", custom_id("privacy:stop")))
    return card.buttons(*buttons)


ROUTES: dict[str, Handler] = {"privacy:hide": hide_pressed, "privacy:stop": stop_pressed}
