"""Every table on one page.

Times are UTC in milliseconds since 1970. Ids of guilds, channels, messages and people are Discord's. A row that
an interaction gives rise to takes the interaction's id as its own, so that a repeat can't make a second one. Every
table leads with `guild_id`, so that it can be split by it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, Integer, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Big = BigInteger().with_variant(Integer, "sqlite")  # STRICT tables know INTEGER and TEXT only
OPEN = text("state != 'over'")
ALONE = text("state != 'over' AND mode != 'daily'")  # a daily question is open all day, beside any round
DAILY = text("mode = 'daily'")
UNWEIGHED = text("state = 'over' AND weighed = 0")
RUNNING = text("ended_at IS NULL")
HIDDEN = text("hidden = 1")
PENDING = text("state IN ('due', 'claimed')")
UNTOLD = text("told = 0")
TURN = text("kind != 'question'")
RAISED = text("raised = 1 AND settled IS NULL")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {int: Big, str: Text}  # noqa: RUF012 (SQLAlchemy reads it as declared)


class Member(Base):
    """The name under which somebody was last seen in a server, and whether boards leave them out."""

    __tablename__ = "members"
    __table_args__ = (
        Index("ix_members_hidden", "guild_id", "user_id", sqlite_where=HIDDEN, postgresql_where=HIDDEN),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    hidden: Mapped[int] = mapped_column(server_default="0")  # 1: on no board, by their own wish


class Round(Base):
    """A quiz round: its settings, and where it stands.

    `state` is opening (its first card is not known to be posted), threading (its thread is being opened), invited (a
    duel that is not accepted yet), starting, asking, showing (the reveal is up), paused or over. `due_at` is when it
    moves on by itself; `version` counts its moves, and a move is made only from the version that was read.
    `channel_id` is where it is played, `home_id` where it was started: they differ when it has a thread.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        Index(
            "uq_rounds_channel_open", "guild_id", "channel_id", unique=True, sqlite_where=ALONE, postgresql_where=ALONE
        ),
        Index("uq_rounds_home_open", "guild_id", "home_id", unique=True, sqlite_where=ALONE, postgresql_where=ALONE),
        Index("ix_rounds_due", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_rounds_unweighed", "guild_id", "id", sqlite_where=UNWEIGHED, postgresql_where=UNWEIGHED),
        Index("ix_rounds_daily", "guild_id", "started_at", sqlite_where=DAILY, postgresql_where=DAILY),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    home_id: Mapped[int]
    starter_id: Mapped[int]
    subject: Mapped[str]  # what is asked about, as shown: "Flat maps: Maps in use"
    seconds: Mapped[int]
    scoring: Mapped[str]
    seed: Mapped[int]
    length: Mapped[int]
    state: Mapped[str]
    position: Mapped[int]
    silent: Mapped[int]  # questions in a row that nobody answered
    due_at: Mapped[int]
    version: Mapped[int]
    started_at: Mapped[int]
    ended_at: Mapped[int | None]
    weighed: Mapped[int] = mapped_column(server_default="0")  # 1 once its questions' figures have been looked at
    ending: Mapped[str | None]  # played, decided, stopped, silent, declined, forbidden, gone, unreachable
    mode: Mapped[str] = mapped_column(server_default="classic")  # classic, standing, teams, duel, certainty, daily
    thread: Mapped[int] = mapped_column(server_default="0")  # 1: it wants a thread of its own
    opening_id: Mapped[int | None]  # the message that opened it
    schedule_id: Mapped[int | None]  # the schedule that started it
    void: Mapped[int] = mapped_column(server_default="0")  # 1: a moderator took it out of every board


class Player(Base):
    """Somebody who takes part in a round whose mode needs to know that; the first team somebody joins is theirs."""

    __tablename__ = "players"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    team: Mapped[int | None]  # from 0
    out_at: Mapped[int | None]  # the position of the question that put them out


class Asked(Base):
    """A question of a round, with everything needed to show and judge it as it was when the round began."""

    __tablename__ = "asked"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], ondelete="CASCADE"),
        Index("ix_asked_question", "guild_id", "question_id", "opened_at"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str]  # pack/question
    theme: Mapped[str]  # pack/theme
    item: Mapped[str]  # bot.item.Item as JSON, as it is judged: rulings change its key, and keep what was before
    opened_at: Mapped[int | None]
    closes_at: Mapped[int | None]
    closed_at: Mapped[int | None]
    message_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(server_default="0")  # of a server's own question; 0 in a pack
    void: Mapped[int] = mapped_column(server_default="0")  # 1 after a ruling: no answer to it counts


class Answer(Base):
    """What somebody answered first. The key makes it the only one; scores are sums of these."""

    __tablename__ = "answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["guild_id", "round_id", "position"],
            ["asked.guild_id", "asked.round_id", "asked.position"],
            ondelete="CASCADE",
        ),
        Index("ix_answers_at", "guild_id", "at"),
        Index("ix_answers_user", "guild_id", "user_id"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[str]  # JSON: option indexes as authored, or the text typed
    right: Mapped[int]  # 1 or 0
    points: Mapped[int]
    took: Mapped[int]  # milliseconds since the question opened
    at: Mapped[int]
    certainty: Mapped[int | None]  # 1 low, 2 mid, 3 high; none where that is not asked


class Tally(Base):
    """What somebody has in a period and theme: the sum of their answers to what closed in it. Boards read it.

    `period` is all, day:2026-11-24, week:2026-11-23 (its Monday), month:2026-11 (in the server's zone) or
    season:ID; `theme` is empty for everything, else pack or pack/theme.
    """

    __tablename__ = "tallies"
    __table_args__ = (
        Index("ix_tallies_board", "guild_id", "period", "theme", "points"),
        Index("ix_tallies_user", "guild_id", "user_id", "period"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    points: Mapped[int]
    right: Mapped[int]
    answered: Mapped[int]


class Season(Base):
    """A stretch of time with a name and a board of its own; a server has at most one that is not over."""

    __tablename__ = "seasons"
    __table_args__ = (
        Index("uq_seasons_open", "guild_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    starter_id: Mapped[int]
    started_at: Mapped[int]
    ended_at: Mapped[int | None]


class Schedule(Base):
    """What is to be started again and again, and when: a rule on the clock of a zone. Its times are in `fires`.

    `state` is active or paused; `why` says what paused it: moderator, gone, forbidden, role, unreachable.
    """

    __tablename__ = "schedules"
    __table_args__ = ({"sqlite_strict": True},)

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    what: Mapped[str]  # round, daily, risk, debate
    settings: Mapped[str]  # JSON, of what is started
    rule: Mapped[str]  # a cron line of five fields
    every: Mapped[int] = mapped_column(server_default="1")  # every so many weeks, counted from the anchor's
    anchor: Mapped[str | None]  # a date, 2026-11-27
    zone: Mapped[str]  # IANA name, such as Europe/Vilnius
    channel_id: Mapped[int]
    thread: Mapped[int] = mapped_column(server_default="0")
    announce: Mapped[int] = mapped_column(server_default="0")  # minutes before; 0 for no announcement
    role_id: Mapped[int | None]  # pinged by the announcement
    missed: Mapped[str]  # catch-up, skip
    grace: Mapped[int]  # minutes within which it is caught up
    event: Mapped[int] = mapped_column(server_default="0")  # 1: the next time also stands as a scheduled event
    state: Mapped[str]
    why: Mapped[str | None]
    maker_id: Mapped[int]
    made_at: Mapped[int]


class Fire(Base):
    """One time of a schedule, made ahead. The key makes it the only one for that time.

    `state` is due, claimed, done, missed or dropped. Whoever claims it raises `fence` and puts `due_at` off by
    a lease; only the newest claim may do it, and one that is not done by then is free again.
    """

    __tablename__ = "fires"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "schedule_id"], ["schedules.guild_id", "schedules.id"], ondelete="CASCADE"),
        Index("ix_fires_due", "due_at", sqlite_where=PENDING, postgresql_where=PENDING),
        Index("ix_fires_untold", "guild_id", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(primary_key=True)
    due_at: Mapped[int]  # when to look at it: `at` first, later after a claim or when the place was taken
    state: Mapped[str]
    by_hand: Mapped[int] = mapped_column(server_default="0")  # 1: somebody said "run now"
    owner: Mapped[str | None]
    fence: Mapped[int] = mapped_column(server_default="0")
    started_id: Mapped[int | None]  # the round or prompt that came of it
    why: Mapped[str | None]  # of one missed or put off: late, away, a reason of a pause, or what refused it, in words
    times: Mapped[int] = mapped_column(server_default="1")  # how many missed times this row stands for,
    until: Mapped[int | None]  # the last of them
    told: Mapped[int] = mapped_column(server_default="1")  # 0: a moderator has still to hear that it was missed
    event_id: Mapped[int | None]  # the scheduled event that stands for it


class StaleEvent(Base):
    """A scheduled event that stands for a time nobody waits for any more, until it is taken away."""

    __tablename__ = "stale_events"
    __table_args__ = ({"sqlite_strict": True},)

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Reminder(Base):
    """Somebody asked to be reminded, in private, of a daily question they have not answered."""

    __tablename__ = "reminders"
    __table_args__ = ({"sqlite_strict": True},)

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int]  # their direct messages


class Review(Base):
    """A question that somebody missed and comes back to; `card` is what fsrs knows of it, as JSON."""

    __tablename__ = "reviews"
    __table_args__ = (Index("ix_reviews_due", "guild_id", "user_id", "due_at"), {"sqlite_strict": True})

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    card: Mapped[str]
    due_at: Mapped[int]


class Setting(Base):
    """What a server has chosen; no row means that all is as it comes."""

    __tablename__ = "settings"
    __table_args__ = ({"sqlite_strict": True},)

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    moderator_role_id: Mapped[int | None]  # besides people who may manage the server
    review_channel_id: Mapped[int | None]
    second_opinion: Mapped[int] = mapped_column(server_default="0")  # 1: nobody approves a question of their own
    suggestions_a_day: Mapped[int] = mapped_column(server_default="5")  # of one person
    zone: Mapped[str] = mapped_column(server_default="UTC")  # IANA name: when days begin, and what times mean
    quiz_channel_id: Mapped[int | None]  # where rounds are meant to be held
    subject: Mapped[str | None]  # what rounds are about if nothing is said: pack, pack/theme, server, server/deck
    approval: Mapped[str] = mapped_column(server_default="off")  # whose words wait for a moderator: off, new, all
    winner: Mapped[int] = mapped_column(server_default="0")  # 1: the result of a debate may name a winner


class Deck(Base):
    """A deck of a server's own questions. `id` is made from the first title and stays."""

    __tablename__ = "decks"
    __table_args__ = ({"sqlite_strict": True},)

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]


class Question(Base):
    """A question that a server keeps for itself, as it stands now; what it says is in its newest version.

    `state` is live, waiting (for a review), rejected or retired. `words` is what a search looks through.
    """

    __tablename__ = "questions"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "deck_id"], ["decks.guild_id", "decks.id"]),
        Index("ix_questions_state", "guild_id", "state", "number"),
        Index("ix_questions_author", "guild_id", "author_id", "made_at"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1 in every server
    deck_id: Mapped[str]
    state: Mapped[str]
    version: Mapped[int]
    kind: Mapped[str]
    prompt: Mapped[str]
    words: Mapped[str]
    author_id: Mapped[int]
    suggested: Mapped[int]  # 1 if it came through the review queue
    tell_channel_id: Mapped[int | None]  # where its author wants to hear what became of it
    made_at: Mapped[int]


class Version(Base):
    """What a question said from a time on. Versions are only ever added."""

    __tablename__ = "versions"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "number"], ["questions.guild_id", "questions.number"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]  # content.deck.DeckQuestion as JSON
    editor_id: Mapped[int]
    at: Mapped[int]


class Draft(Base):
    """Something that one person has begun and not yet confirmed: a question, a claim, a ruling; or a search."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_at", "at"), {"sqlite_strict": True})

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int]
    kind: Mapped[str]  # question, import, ruling, search, claim, delta, speech
    body: Mapped[str]  # JSON
    at: Mapped[int]


class Report(Base):
    """What somebody, or the figures (user 0), has against a question as it was asked."""

    __tablename__ = "reports"
    __table_args__ = (
        ForeignKeyConstraint(
            ["guild_id", "round_id", "position"],
            ["asked.guild_id", "asked.round_id", "asked.position"],
            ondelete="CASCADE",
        ),
        Index("ix_reports_question", "guild_id", "question_id", "ruling_id"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str]
    reason: Mapped[str]  # key, unclear, outdated, biased, typo; figures
    note: Mapped[str]
    at: Mapped[int]
    ruling_id: Mapped[int | None]  # the ruling that dealt with it; none while it is open


class Ruling(Base):
    """What a moderator decided about a question, and what that changed. The newest of a question stands."""

    __tablename__ = "rulings"
    __table_args__ = (Index("ix_rulings_question", "guild_id", "question_id", "id"), {"sqlite_strict": True})

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str]
    kind: Mapped[str]  # accept, void, correct, keep
    before: Mapped[str]  # bot.item.Item as JSON
    after: Mapped[str]
    moderator_id: Mapped[int]
    at: Mapped[int]
    rounds: Mapped[int]  # how many rounds, answers and people's points it changed
    answers: Mapped[int]
    people: Mapped[int]


class Audit(Base):
    """Who did what to a server's questions and settings, with what was there before and after."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "guild_id", "subject", "id"), {"sqlite_strict": True})

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # of the interaction that did it
    deed: Mapped[str] = mapped_column(primary_key=True)  # such as question.edit
    user_id: Mapped[int]
    subject: Mapped[str]  # such as server/17
    before: Mapped[str | None]
    after: Mapped[str | None]
    at: Mapped[int]


class Prompt(Base):
    """A motion put to a channel, open for ballots until `closes_at` or until somebody closes it."""

    __tablename__ = "prompts"
    __table_args__ = (
        Index("ix_prompts_due", "closes_at", sqlite_where=OPEN, postgresql_where=OPEN),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    message_id: Mapped[int | None]
    thread_id: Mapped[int | None]
    starter_id: Mapped[int]
    motion_id: Mapped[str]  # pack/motion
    motion: Mapped[str]  # content.pack.Motion as JSON, as it was when it was put
    state: Mapped[str]  # open, over
    opened_at: Mapped[int]
    closes_at: Mapped[int]
    told: Mapped[str | None]  # JSON, number by vote: the split that voters are shown,
    told_at: Mapped[int | None]  # and when it was made


class Ballot(Base):
    """Somebody's private vote on a motion; the last one stands."""

    __tablename__ = "ballots"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "prompt_id"], ["prompts.guild_id", "prompts.id"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    prompt_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    vote: Mapped[str]  # for, against, unsure
    at: Mapped[int]


class Debate(Base):
    """A structured debate: its motion, its format, and where it stands. Its phases are in `phases`.

    `state` is gathering (seats are taken), running, paused or over. `due_at` is when it moves on by itself; `version`
    counts its moves, and a move is made only from the version that was read. `left` is what was left when it paused.
    """

    __tablename__ = "debates"
    __table_args__ = (
        Index("ix_debates_due", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_debates_motion", "guild_id", "motion_id"),
        Index(
            "uq_debates_channel_open", "guild_id", "channel_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    message_id: Mapped[int | None]  # the card with its seats
    thread_id: Mapped[int | None]  # where it is held
    gallery_id: Mapped[int | None]  # the thread of those who watch
    result_id: Mapped[int | None]  # the message with the result,
    result_channel_id: Mapped[int | None]  # and where it is
    starter_id: Mapped[int]
    chair_id: Mapped[int | None]  # none: the bot chairs
    motion_id: Mapped[str]  # pack/motion
    motion: Mapped[str]  # content.pack.Motion as JSON, as it was when it was put
    wording: Mapped[str]  # plain, mirrored
    format: Mapped[str]  # oxford, duel, circle
    pace: Mapped[str]  # live, async
    hours: Mapped[int]  # of a turn, where the pace is async
    seed: Mapped[int]
    state: Mapped[str]
    position: Mapped[int]  # the phase that is open; -1 while seats are taken
    due_at: Mapped[int]
    left: Mapped[int | None]  # ms
    version: Mapped[int]
    started_at: Mapped[int]
    ended_at: Mapped[int | None]
    ending: Mapped[str | None]  # held, ended, empty, forbidden, gone, unreachable


class Phase(Base):
    """A step of a debate, with its deadline. All are made when it begins; each opens once."""

    __tablename__ = "phases"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "debate_id"], ["debates.guild_id", "debates.id"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    debate_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # before, opening, speech, cross, restatement, rebuttal, question, closing, after
    side: Mapped[str | None]  # for, against; none where nobody in particular speaks
    speaker_id: Mapped[int | None]
    opened_at: Mapped[int | None]
    closes_at: Mapped[int | None]
    closed_at: Mapped[int | None]
    outcome: Mapped[str | None]  # spoken, passed, skipped, absent
    extended: Mapped[int] = mapped_column(server_default="0")  # 1: its speaker had another minute
    message_id: Mapped[int | None]
    posted_at: Mapped[int | None]  # when its card was first out


class Seat(Base):
    """Somebody who speaks in a debate, or waits for a seat."""

    __tablename__ = "seats"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "debate_id"], ["debates.guild_id", "debates.id"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    debate_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str]  # for, against
    state: Mapped[str]  # seated, queued, withdrawn
    at: Mapped[int]


class Speech(Base):
    """What somebody said in a debate: a speech, a restatement of the other side's point, a question of the audience."""

    __tablename__ = "speeches"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "debate_id"], ["debates.guild_id", "debates.id"], ondelete="CASCADE"),
        Index(
            "uq_speeches_turn",
            "guild_id",
            "debate_id",
            "position",
            unique=True,
            sqlite_where=TURN,
            postgresql_where=TURN,
        ),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    debate_id: Mapped[int]
    position: Mapped[int | None]  # the phase; none for a question that has not been relayed
    kind: Mapped[str]  # speech, restatement, question
    user_id: Mapped[int]
    side: Mapped[str | None]
    text: Mapped[str]
    cites: Mapped[str]  # JSON list of §
    state: Mapped[str]  # shown, waiting, declined, void
    held: Mapped[int] = mapped_column(server_default="0")  # 1: a moderator is to look at it before others see it
    took: Mapped[int]  # ms of its turn
    message_id: Mapped[int | None]
    channel_id: Mapped[int | None]  # where that message is
    at: Mapped[int]


class Fairness(Base):
    """Whether somebody of the other side finds a restatement of their point fair."""

    __tablename__ = "fairness"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "speech_id"], ["speeches.guild_id", "speeches.id"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    speech_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    fair: Mapped[int]
    why: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="shown")  # of the reason: shown, waiting, declined, void
    at: Mapped[int]


class DebateBallot(Base):
    """Somebody's private vote before or after a debate; the last one of each stands."""

    __tablename__ = "debate_ballots"
    __table_args__ = (
        ForeignKeyConstraint(["guild_id", "debate_id"], ["debates.guild_id", "debates.id"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    debate_id: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)  # before, after
    user_id: Mapped[int] = mapped_column(primary_key=True)
    vote: Mapped[str]  # for, against, unsure
    late: Mapped[int]  # 1: joined the server after the debate was started
    moved_by: Mapped[int | None]  # the speech that moved them, if they said so
    at: Mapped[int]


class Stance(Base):
    """Where somebody says that they stand on a motion; ratings of its claims are grouped by it."""

    __tablename__ = "stances"
    __table_args__ = ({"sqlite_strict": True},)

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    motion_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    stance: Mapped[str]  # for, against, unsure
    at: Mapped[int]


class Claim(Base):
    """One claim on a motion, or on another claim. Once it is rated its text stays; a new one may replace it."""

    __tablename__ = "claims"
    __table_args__ = (
        Index("uq_claims_id", "guild_id", "id", unique=True),
        Index("ix_claims_motion", "guild_id", "motion_id", "state", "number"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1 in every server
    id: Mapped[int]  # of the interaction that made it
    motion_id: Mapped[str]
    author_id: Mapped[int]
    side: Mapped[str]  # for, against: of the motion
    parent: Mapped[int | None]  # the claim it answers
    link: Mapped[str | None]  # supports, rebuts, beside (true but not relevant here)
    text: Mapped[str]
    cites: Mapped[str]  # JSON list of §
    state: Mapped[str]  # shown, waiting, removed, replaced
    replaces: Mapped[int | None]
    channel_id: Mapped[int]  # where it was written
    message_id: Mapped[int | None]  # the card that shows it there
    unclear_told: Mapped[int] = mapped_column(server_default="0")  # 1: moderators know that people find it unclear
    at: Mapped[int]


class Rating(Base):
    """What somebody thinks of a claim, in private; the last one stands."""

    __tablename__ = "ratings"
    __table_args__ = (
        Index("ix_ratings_user", "guild_id", "user_id", "at"),
        ForeignKeyConstraint(["guild_id", "number"], ["claims.guild_id", "claims.number"], ondelete="CASCADE"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    vote: Mapped[str]  # agree, disagree, pass
    why: Mapped[str | None]  # of a pass: unsure, unclear, topic
    impact: Mapped[int | None]  # 0 to 4: how much it bears on what it answers
    at: Mapped[int]


class Delta(Base):
    """Somebody says that a message changed their view. Once for a giver and a message."""

    __tablename__ = "deltas"
    __table_args__ = (Index("ix_deltas_untold", "guild_id", "told"), {"sqlite_strict": True})

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(primary_key=True)
    giver_id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int]
    writer_id: Mapped[int]  # of the message
    number: Mapped[int | None]  # the claim that it is about
    direction: Mapped[str]  # stronger, weaker, flipped, unsure
    reason: Mapped[str]
    state: Mapped[str]  # standing, revoked, removed
    told: Mapped[int] = mapped_column(server_default="0")  # 1 once moderators have had it in a digest
    at: Mapped[int]


class Flag(Base):
    """Somebody finds that something said here should be looked at, or that its framing is biased."""

    __tablename__ = "flags"
    __table_args__ = (
        Index("uq_flags_id", "guild_id", "id", unique=True),
        Index("ix_flags_channel", "guild_id", "channel_id", "at"),
        Index("ix_flags_raised", "guild_id", "id", sqlite_where=RAISED, postgresql_where=RAISED),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)  # one of bot.flaggables: prompt, debate, speech, claim
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int]  # of the interaction that made it
    channel_id: Mapped[int]
    reason: Mapped[str]
    note: Mapped[str]
    at: Mapped[int]
    raised: Mapped[int] = mapped_column(server_default="0")  # 1 on the one with which moderators were told
    settled: Mapped[str | None]  # kept, removed


class Slowed(Base):
    """A channel in which people wait between two messages for a while, because several flagged something there."""

    __tablename__ = "slowed"
    __table_args__ = (Index("ix_slowed_until", "until"), {"sqlite_strict": True})

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[int]


class Post(Base):
    """Something that has still to be posted or edited. The row goes when that is done.

    `key` names it once for all (the nonce is made from it); posts of a channel whose keys begin alike, up to the
    first colon, are about the same thing and keep their order. `kind` says who draws it, `subject` is a JSON list
    of the ids it is about. `edits` is the message to change; none means a new one.
    """

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_due", "due_at"),
        Index("ix_posts_channel", "guild_id", "channel_id", "made_at", "key"),
        {"sqlite_strict": True},
    )

    guild_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]
    edits: Mapped[int | None]
    made_at: Mapped[int]
    due_at: Mapped[int]
    tried_at: Mapped[int | None]  # first try: from here on it may already be out there
    tries: Mapped[int]  # how many have failed
