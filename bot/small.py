"""How many people it takes before something is said of them: with fewer it would tell who thinks what, or be chance."""

from __future__ import annotations

SPLIT_FROM = 5  # people who voted, from which it is shown how they split
TOLD_FROM = SPLIT_FROM + 1  # ratings from which they are told: those of five others, where who looks has rated, too
TWICE_FROM = 10  # people who voted before and after a debate; about fewer nothing is said
LABEL_FROM = 3  # ratings in every stance from which a claim may be called common ground
CAMPS_FROM = 12  # people who rated enough, from which camps are looked for
CAMP_FROM = 3  # people that make a camp
