"""Schedules and their times, modes and players, seasons, tallies for boards, reminders and reviews."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ALONE = sa.text("state != 'over' AND mode != 'daily'")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("channel_id", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_reminders")),
        sqlite_strict=True,
    )
    op.create_table(
        "reviews",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("due_at", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "question_id", name=op.f("pk_reviews")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index("ix_reviews_due", ["guild_id", "user_id", "due_at"], unique=False)

    op.create_table(
        "schedules",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("every", Big, server_default="1", nullable=False),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("channel_id", Big, nullable=False),
        sa.Column("thread", Big, server_default="0", nullable=False),
        sa.Column("announce", Big, server_default="0", nullable=False),
        sa.Column("role_id", Big, nullable=True),
        sa.Column("missed", sa.Text(), nullable=False),
        sa.Column("grace", Big, nullable=False),
        sa.Column("event", Big, server_default="0", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("maker_id", Big, nullable=False),
        sa.Column("made_at", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_schedules")),
        sqlite_strict=True,
    )
    op.create_table(
        "seasons",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starter_id", Big, nullable=False),
        sa.Column("started_at", Big, nullable=False),
        sa.Column("ended_at", Big, nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_seasons")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("seasons", schema=None) as batch_op:
        batch_op.create_index(
            "uq_seasons_open",
            ["guild_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "tallies",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("points", Big, nullable=False),
        sa.Column("right", Big, nullable=False),
        sa.Column("answered", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "period", "theme", "user_id", name=op.f("pk_tallies")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.create_index("ix_tallies_board", ["guild_id", "period", "theme", "points"], unique=False)
        batch_op.create_index("ix_tallies_user", ["guild_id", "user_id", "period"], unique=False)

    op.create_table(
        "fires",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("schedule_id", Big, nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.Column("due_at", Big, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_hand", Big, server_default="0", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("fence", Big, server_default="0", nullable=False),
        sa.Column("started_id", Big, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("times", Big, server_default="1", nullable=False),
        sa.Column("until", Big, nullable=True),
        sa.Column("told", Big, server_default="1", nullable=False),
        sa.Column("event_id", Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id", "schedule_id"],
            ["schedules.guild_id", "schedules.id"],
            name=op.f("fk_fires_schedules"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "schedule_id", "at", name=op.f("pk_fires")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("fires", schema=None) as batch_op:
        batch_op.create_index(
            "ix_fires_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'claimed')"),
            postgresql_where=sa.text("state IN ('due', 'claimed')"),
        )
        batch_op.create_index(
            "ix_fires_untold",
            ["guild_id"],
            unique=False,
            sqlite_where=sa.text("told = 0"),
            postgresql_where=sa.text("told = 0"),
        )

    op.create_table(
        "stale_events",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("event_id", Big, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "event_id", name=op.f("pk_stale_events")),
        sqlite_strict=True,
    )
    op.create_table(
        "players",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("round_id", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("team", Big, nullable=True),
        sa.Column("out_at", Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id", "round_id"],
            ["rounds.guild_id", "rounds.id"],
            name=op.f("fk_players_rounds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "round_id", "user_id", name=op.f("pk_players")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("certainty", Big, nullable=True))

    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden", Big, server_default="0", nullable=False))
        batch_op.create_index(
            "ix_members_hidden",
            ["guild_id", "user_id"],
            unique=False,
            sqlite_where=sa.text("hidden = 1"),
            postgresql_where=sa.text("hidden = 1"),
        )

    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index("uq_rounds_channel_open")
        batch_op.drop_index("uq_rounds_home_open")
        batch_op.add_column(sa.Column("mode", sa.Text(), server_default="classic", nullable=False))
        batch_op.add_column(sa.Column("thread", Big, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("opening_id", Big, nullable=True))
        batch_op.add_column(sa.Column("schedule_id", Big, nullable=True))
        batch_op.add_column(sa.Column("void", Big, server_default="0", nullable=False))
        batch_op.create_index(
            "uq_rounds_channel_open",
            ["guild_id", "channel_id"],
            unique=True,
            sqlite_where=ALONE,
            postgresql_where=ALONE,
        )
        batch_op.create_index(
            "uq_rounds_home_open", ["guild_id", "home_id"], unique=True, sqlite_where=ALONE, postgresql_where=ALONE
        )
        batch_op.create_index(
            "ix_rounds_daily",
            ["guild_id", "started_at"],
            unique=False,
            sqlite_where=sa.text("mode = 'daily'"),
            postgresql_where=sa.text("mode = 'daily'"),
        )

    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("zone", sa.Text(), server_default="UTC", nullable=False))
        batch_op.add_column(sa.Column("quiz_channel_id", Big, nullable=True))
        batch_op.add_column(sa.Column("subject", sa.Text(), nullable=True))

    _sum_up()


OF_THEMES = """
INSERT INTO tallies (guild_id, period, theme, user_id, points, "right", answered)
SELECT a.guild_id, :period, q.theme, a.user_id, sum(a.points), sum(a."right"), count(*)
FROM asked q JOIN answers a ON a.guild_id = q.guild_id AND a.round_id = q.round_id AND a.position = q.position
WHERE q.guild_id = :guild AND q.closed_at >= :start AND q.void = 0 GROUP BY a.guild_id, q.theme, a.user_id
"""
OF_PART = """
INSERT INTO tallies (guild_id, period, theme, user_id, points, "right", answered)
SELECT guild_id, period, :part, user_id, sum(points), sum("right"), sum(answered)
FROM tallies WHERE guild_id = :guild AND period = :period AND theme LIKE :inside GROUP BY guild_id, period, user_id
"""


def _sum_up() -> None:
    """Boards of all time, and of the day, week and month (UTC) of each server's last question: older ones are over."""
    connection = op.get_bind()
    latest = sa.text("SELECT guild_id, max(closed_at) FROM asked WHERE closed_at IS NOT NULL GROUP BY guild_id")
    for guild_id, at in connection.execute(latest).all():
        for period, start in _periods(at).items():
            key = {"guild": guild_id, "period": period}
            connection.execute(sa.text(OF_THEMES), key | {"start": start})
            named = sa.text("SELECT DISTINCT theme FROM tallies WHERE guild_id = :guild AND period = :period")
            packs = {theme.partition("/")[0] for (theme,) in connection.execute(named, key)}
            for part, inside in [("", "%/%"), *((pack, f"{pack}/%") for pack in sorted(packs))]:
                connection.execute(sa.text(OF_PART), key | {"part": part, "inside": inside})


def _periods(at: int) -> dict[str, int]:
    """Of all time and those that a time (ms) falls in, and when (ms) they began."""
    day = datetime.fromtimestamp(at // 1000, UTC).replace(hour=0, minute=0, second=0)
    monday, first = day - timedelta(days=day.weekday()), day.replace(day=1)
    days = {f"day:{day:%Y-%m-%d}": day, f"week:{monday:%Y-%m-%d}": monday, f"month:{first:%Y-%m}": first}
    return {"all": 0} | {period: round(start.timestamp()) * 1000 for period, start in days.items()}
