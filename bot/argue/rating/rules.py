"""Rating decides: what can be said of a claim, by whom, and how often."""

from __future__ import annotations

from bot.approval import NEW_FOR
from bot.argue.rules import DAY
from bot.errors import Refusal
from bot.small import TOLD_FROM
from bot.text import moment
from bot.votes import VOTES

MOST_RATED = 200  # claims rated by one person within a day: nobody reads more, and a crowd does not decide in an hour
IMPACTS = range(5)
UNCLEAR = TOLD_FROM  # people who pass a claim as unclear, until moderators are asked to look at its words
DISCORD_EPOCH = 1_420_070_400_000  # ms, from which the times in Discord's ids count

# What somebody says of a claim: the vote, and why they pass.
SAYINGS: dict[str, tuple[str, str | None]] = {
    "agree": ("agree", None),
    "disagree": ("disagree", None),
    "unsure": ("pass", "unsure"),
    "unclear": ("pass", "unclear"),
    "topic": ("pass", "topic"),
}

ENOUGH_RATED = (
    "You have rated {most} claims within a day, which is as many as I count. Thank you; please go on tomorrow."
)
KEPT = "You have rated claims with the stance that you told, so it stays for a day. You can change it {when}."
TOO_NEW = (
    "Your Discord account is younger than a week, and this server counts ratings of older ones only, so that nobody "
    "makes accounts to rate with. You can rate from {when} on, and write claims with /argue add until then."
)
UNKNOWN_SAYING = "That is not an answer I know. Please use the buttons of the newest card, from /argue rate."


def check_rated(today: int) -> None:
    """Refuse another rating of somebody who has rated so many claims within a day."""
    if today >= MOST_RATED:
        raise Refusal(ENOUGH_RATED.format(most=MOST_RATED))


def check_account(approval: str, user_id: int, now: int) -> None:
    """Refuse ratings of a Discord account that is younger than a week, where a server has new members' words wait.

    So a crowd of accounts that were made for it decides nothing. An id says when its account was made:
    https://discord.com/developers/docs/reference#snowflakes
    """
    old_enough = (user_id >> 22) + DISCORD_EPOCH + NEW_FOR
    if approval != "off" and now < old_enough:
        raise Refusal(TOO_NEW.format(when=moment(old_enough, "f")))


def check_kept(since: int, now: int) -> None:
    """Refuse another stance of somebody who has rated with theirs, told at a time (ms), until a day has passed.

    Otherwise one could stand on every side for a minute, to see what is shown of each.
    """
    if now < since + DAY:
        raise Refusal(KEPT.format(when=moment(since + DAY)))


def check_stance(stance: str) -> str:
    if stance not in VOTES:
        raise Refusal(UNKNOWN_SAYING)
    return stance


def read_saying(saying: str) -> tuple[str, str | None]:
    """(vote, why it is passed) of what somebody says of a claim."""
    if saying not in SAYINGS:
        raise Refusal(UNKNOWN_SAYING)
    return SAYINGS[saying]
