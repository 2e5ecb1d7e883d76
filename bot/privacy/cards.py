"""Privacy is shown: what is stored about somebody, what they can choose, and what deleting it means."""

from __future__ import annotations

from discord import ButtonStyle

from bot.kit import Button, Card, custom_id
from bot.privacy.actions import Choices
from bot.text import count

STORED = (
    "For this server I keep your Discord id, the name you were last seen under, what you answered in rounds and when, "
    "and the points that came of it. I also keep how you voted on motions and in debates, where you stand, claims you "
    "wrote and how you rated others, what changed your view, what you said in debates, what you flagged or reported, "
    "questions you wrote or missed, what you did as a moderator, and whether you asked for reminders. I read no "
    "messages. PRIVACY.md of whoever runs me says more."
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
YOURS = "**Your data:** you can have all of it as a file, or have it deleted."
DELETING = (
    "- **Taken out:** what you wrote. Your claims and speeches, your questions in debates, and the reasons and notes "
    "that you gave. The cards of claims and speeches then say that their author had their data deleted.",
    "- **Deleted:** your name, what you have begun and not sent, reminders, what you would review, votes that are "
    "still open, ratings of claims, and where you stand.",
    "- **Stays, without you:** answers and votes that are closed go on counting, so that nobody's result changes. "
    "They get a random number that is not made from your id and leads to nobody. So does what you did as a moderator. "
    "Questions that you wrote for this server stay, without their author.",
    "- **Not reached:** results, standings, shared maps and lists of speakers that were posted before; what moderators "
    "were shown in their own channel, such as a claim that waited or was flagged, or a reason; threads that I can't "
    "open any more; files that moderators were handed; backups of whoever runs me.",
    "You are on no board any more and begin from nothing. Nobody can undo it. It is for this server alone.",
)
DELETED = (
    "### Deleted\nWhat I keep leads to you no more. The cards of what you wrote are changed now, which may take some "
    "minutes. What you press from now on begins anew."
)
HANDED_OUT = "times are UTC; ids of other people are left out, and so are your answers to questions that are still open"


def draw_choices(choices: Choices) -> Card:
    card = Card().text("## What I know about you").text(STORED).line()
    card.text(HIDDEN if choices.hidden else SHOWN)
    label = "Show me again" if choices.hidden else "Hide me from boards"
    buttons = [Button(label, custom_id("privacy:hide", int(not choices.hidden)))]
    if choices.reminded:
        card.text(REMINDED)
        buttons.append(Button("Stop reminders", custom_id("privacy:stop")))
    card.text(YOURS)
    return card.buttons(
        *buttons,
        Button("Export my data", custom_id("privacy:export")),
        Button("Delete my data", custom_id("privacy:delete")),
    )


def draw_file(rows: int, name: str, data: bytes) -> Card:
    return Card().text(f"{count(rows, 'row')} about you in this server: {HANDED_OUT}.").file(name, data)


def draw_question() -> Card:
    """What deleting means, before it is done."""
    card = Card().text("### Delete your data in this server?").text("\n".join(DELETING))
    return card.buttons(
        Button("Delete it for good", custom_id("privacy:confirm"), ButtonStyle.danger),
        Button("Export it first", custom_id("privacy:export")),
        Button("Cancel", custom_id("privacy:cancel")),
    )


def draw_deleted() -> Card:
    return Card().text(DELETED)
