"""Ways to play: each is a small object that decides one thing differently from the classic round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.errors import Refusal
from bot.quiz import rules
from bot.text import count, name

TEAMS = (2, 3, 4)
INVITED = 60_000  # ms to accept a duel
JOINING = 30_000  # ms to join a team before the first question

OUT = "You are out of this round: an earlier answer was wrong or missing. You can follow it to the end."
LATE = "This is a last one standing, and it began without you. You can be in the next round."
NOT_IN_DUEL = "This is a duel between two people. Start a round of your own with /quiz play in another channel."
UNKNOWN = "I don't know that way to play. Please pick one from the list."


@dataclass(frozen=True)
class Player:
    """Somebody in a round; `team` from 0, `out_at` the position of the question that put them out."""

    user_id: int
    team: int | None = None
    out_at: int | None = None


@dataclass(frozen=True)
class TeamScore:
    """A team's place, by the average of its members' points."""

    rank: int
    team: int
    average: Fraction
    members: int


class Mode:
    """Classic: everybody may answer everything, for themselves."""

    id = "classic"
    title = "Classic"
    words = ""  # how it is played, where that differs
    scoring: str | None = None  # the scoring that belongs to it
    gathering = rules.START  # ms from the opening to the first question
    has_players = False  # whether anything depends on who takes part
    teams = 0
    waits_for_people = True  # pauses when nobody answers, says that it was away, shows a final standing

    def admit(self, players: Sequence[Player], user_id: int, first: bool) -> Player | None:
        """Let somebody answer; the player to be added, if any. `first`: nobody answered a question before this one.

        Refusal if it is not theirs to answer.
        """
        return None

    def put_out(self, players: Sequence[Player], right: Collection[int]) -> set[int]:
        """Who is out after a question that these people had right."""
        return set()

    def is_decided(self, players: Sequence[Player]) -> bool:
        """Whether the round is over before its questions are."""
        return False

    def sum_up(self, players: Sequence[Player], names: Mapping[int, str]) -> str:
        """What the final standing says besides points."""
        return ""


class LastStanding(Mode):
    """A wrong or missing answer puts somebody out; where nobody is right, all stay."""

    id = "standing"
    title = "Last one standing"
    words = (
        "Who answers the first question is in; if nobody does, who answers the next. A wrong or missing answer puts "
        "you out; if nobody is right, all stay. It ends when one is left."
    )
    has_players = True

    def admit(self, players: Sequence[Player], user_id: int, first: bool) -> Player | None:
        mine = next((p for p in players if p.user_id == user_id), None)
        if mine is None and not first:
            raise Refusal(LATE)
        if mine is not None and mine.out_at is not None:
            raise Refusal(OUT)
        return Player(user_id) if mine is None else None

    def put_out(self, players: Sequence[Player], right: Collection[int]) -> set[int]:
        standing = {p.user_id for p in players if p.out_at is None}
        return standing - set(right) if standing & set(right) else set()

    def is_decided(self, players: Sequence[Player]) -> bool:
        return len(players) > 1 and sum(p.out_at is None for p in players) == 1

    def sum_up(self, players: Sequence[Player], names: Mapping[int, str]) -> str:
        left = [names.get(p.user_id, "somebody") for p in players if p.out_at is None]
        if not left:
            return ""
        if len(left) == 1:
            return f"**Last one standing:** {name(left[0])}."
        more = f" and {len(left) - 5} more" if len(left) > 5 else ""
        return f"**Still standing together:** {', '.join(map(name, left[:5]))}{more}."


class Teams(Mode):
    """Two to four teams; a team's score is the average of its members' points."""

    title = "Teams"
    gathering = JOINING
    has_players = True

    def __init__(self, teams: int) -> None:
        self.id = f"teams-{teams}"
        self.teams = teams
        self.words = (
            "Join a team with its button, or just answer: then I put you into the smallest team. "
            "A team's score is the average of its members' points."
        )

    def admit(self, players: Sequence[Player], user_id: int, first: bool) -> Player | None:
        if any(p.user_id == user_id for p in players):
            return None
        return Player(user_id, min(range(self.teams), key=self._sizes(players).__getitem__))

    def join(self, players: Sequence[Player], user_id: int, team: int) -> Player:
        """Somebody in the team they chose. Refusal if they are in one, or if it has more people than another."""
        mine = next((p for p in players if p.user_id == user_id), None)
        if mine is not None:
            raise Refusal(f"You are in Team {(mine.team or 0) + 1}, and stay there for this round.")
        if not 0 <= team < self.teams:
            raise Refusal("I don't know that team. Please use the buttons of the newest card.")
        sizes = self._sizes(players)
        smallest = min(range(self.teams), key=sizes.__getitem__)
        if sizes[team] > sizes[smallest]:
            raise Refusal(f"Team {team + 1} has more people already. Please join Team {smallest + 1}.")
        return Player(user_id, team)

    def _sizes(self, players: Sequence[Player]) -> Counter[int]:
        return Counter(p.team for p in players if p.team is not None)


class Duel(Mode):
    """Two people, one of whom was asked and accepted."""

    id = "duel"
    title = "Duel"
    words = "Only these two can answer."
    has_players = True

    def admit(self, players: Sequence[Player], user_id: int, first: bool) -> Player | None:
        if all(p.user_id != user_id for p in players):
            raise Refusal(NOT_IN_DUEL)
        return None


class Certainty(Mode):
    """An answer is worth more, or costs more, the surer somebody says they are."""

    id = "certainty"
    title = "Certainty"
    scoring = "certainty"
    words = (
        "After your answer say how sure you are. Low: 100 points if right, 0 if wrong. Mid: 200 or −200. High: 300 or "
        "−600. Saying nothing is low. Mid pays from 67% on, high from 80%."
    )


class Daily(Mode):
    """One question, open for a day; its reveal is all there is to say."""

    id = "daily"
    title = "Daily question"
    waits_for_people = False


MODES: dict[str, Mode] = {
    mode.id: mode for mode in (Mode(), LastStanding(), *map(Teams, TEAMS), Certainty(), Duel(), Daily())
}
CHOICES = ("classic", "last one standing", "teams", "certainty")  # what /quiz play offers


def choose_mode(chosen: str, teams: int = 2) -> Mode:
    """The mode of one of CHOICES."""
    id = {"last one standing": "standing", "teams": f"teams-{teams}"}.get(chosen, chosen)
    if chosen not in CHOICES or id not in MODES:
        raise Refusal(UNKNOWN)
    return MODES[id]


def rank_teams(players: Sequence[Player], points: Mapping[int, int], teams: int) -> list[TeamScore]:
    """Teams that have members, best average first; equal averages share a rank. Who never answered counts as 0."""
    members = {team: [points.get(p.user_id, 0) for p in players if p.team == team] for team in range(teams)}
    averages = {team: Fraction(sum(scores), len(scores)) for team, scores in members.items() if scores}
    ordered = sorted(averages, key=lambda team: (-averages[team], team))
    ranks = [1 + sum(averages[other] > averages[team] for other in ordered) for team in ordered]
    return [
        TeamScore(rank, team, averages[team], len(members[team])) for rank, team in zip(ranks, ordered, strict=True)
    ]


def describe_team(score: TeamScore) -> str:
    """A line of a team's standing."""
    return (
        f"**{score.rank}.** Team {score.team + 1} · **{float(score.average):,.1f}** points on average"
        f" · {count(score.members, 'member')}"
    )
