"""Prompts decide: which motion is put, what of a vote may be shown, and how both sides stand beside each other."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import Refusal
from bot.small import SPLIT_FROM
from bot.votes import VOTES
from content.pack import Argument, Motion, Pack
from content.subjects import find_subject, list_subjects

OPEN_FOR = 24 * 60 * 60_000  # ms that a motion stays open

NO_MOTIONS = "None of my subjects has motions to debate yet. /quiz play asks questions about them."
UNKNOWN_THEME = "I have no motions on that. Please pick a theme from the list that opens as you type."

Side = tuple[str, Argument]


@dataclass(frozen=True)
class Result:
    """What may be shown of a vote: how many voted and, if they are enough, how many (label, number) each way.

    The split may be of an earlier moment, when fewer had voted.
    """

    total: int
    split: tuple[tuple[str, int], ...] | None


def choose_subject(packs: Mapping[str, Pack], chosen: str | None) -> tuple[str, str]:
    """(id, title) of the theme or pack that somebody picked, the first pack for None; Refusal if it has no motions."""
    titles = dict(list_subjects(packs, "motions"))
    if not titles:
        raise Refusal(NO_MOTIONS)
    id = next(iter(titles)) if chosen is None else find_subject(packs, chosen, "motions")
    if id is None:
        raise Refusal(UNKNOWN_THEME)
    return id, titles[id]


def list_motions(packs: Mapping[str, Pack], chosen: str | None) -> list[tuple[str, Motion]]:
    """(pack/motion, motion) of everything that may be put about a subject."""
    pack_id, _, theme_id = choose_subject(packs, chosen)[0].partition("/")
    return [(f"{pack_id}/{m.id}", m) for m in packs[pack_id].motions if theme_id in ("", m.theme)]


def choose(motions: Sequence[tuple[str, Motion]], seed: int, last_put: Mapping[str, int]) -> tuple[str, Motion]:
    """The (id, motion) that was never or longest ago put (ms by id), by chance among equals."""
    mixed = random.Random(seed).sample(motions, len(motions))
    return min(mixed, key=lambda motion: last_put.get(motion[0], 0))


def split_up(votes: Mapping[str, int]) -> tuple[tuple[str, int], ...] | None:
    """(label, number) each way, or None while that could tell who voted what."""
    split = tuple((label, votes.get(vote, 0)) for vote, label in VOTES.items())
    return split if sum(votes.values()) >= SPLIT_FROM else None


def pair_up(motion: Motion, seed: int) -> list[tuple[Side, Side]]:
    """Each argument for with one against; the order of the pairs and who stands first in each are left to chance."""
    chance = random.Random(seed)
    pairs = [((VOTES["for"], pro), (VOTES["against"], con)) for pro, con in zip(motion.pro, motion.con, strict=True)]
    chance.shuffle(pairs)
    return [pair if chance.random() < 0.5 else (pair[1], pair[0]) for pair in pairs]
