"""Structured debates, the map of claims, changed views, and flags."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("number", Big, autoincrement=False, nullable=False),
        sa.Column("id", Big, nullable=False),
        sa.Column("motion_id", sa.Text(), nullable=False),
        sa.Column("author_id", Big, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("parent", Big, nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cites", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("replaces", Big, nullable=True),
        sa.Column("channel_id", Big, nullable=False),
        sa.Column("message_id", Big, nullable=True),
        sa.Column("at", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "number", name=op.f("pk_claims")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index("ix_claims_motion", ["guild_id", "motion_id", "state", "number"], unique=False)
        batch_op.create_index("uq_claims_id", ["guild_id", "id"], unique=True)

    op.create_table(
        "debates",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("channel_id", Big, nullable=False),
        sa.Column("message_id", Big, nullable=True),
        sa.Column("thread_id", Big, nullable=True),
        sa.Column("starter_id", Big, nullable=False),
        sa.Column("chair_id", Big, nullable=True),
        sa.Column("motion_id", sa.Text(), nullable=False),
        sa.Column("motion", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("pace", sa.Text(), nullable=False),
        sa.Column("hours", Big, nullable=False),
        sa.Column("seed", Big, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position", Big, nullable=False),
        sa.Column("due_at", Big, nullable=False),
        sa.Column("left", Big, nullable=True),
        sa.Column("version", Big, nullable=False),
        sa.Column("started_at", Big, nullable=False),
        sa.Column("ended_at", Big, nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_debates")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("debates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_debates_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state != 'over'"),
            postgresql_where=sa.text("state != 'over'"),
        )
        batch_op.create_index("ix_debates_motion", ["guild_id", "motion_id"], unique=False)

    op.create_table(
        "deltas",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("message_id", Big, nullable=False),
        sa.Column("giver_id", Big, nullable=False),
        sa.Column("channel_id", Big, nullable=False),
        sa.Column("writer_id", Big, nullable=False),
        sa.Column("number", Big, nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told", Big, server_default="0", nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "message_id", "giver_id", name=op.f("pk_deltas")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("deltas", schema=None) as batch_op:
        batch_op.create_index("ix_deltas_untold", ["guild_id", "told"], unique=False)

    op.create_table(
        "flags",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("id", Big, nullable=False),
        sa.Column("channel_id", Big, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.Column("raised", Big, server_default="0", nullable=False),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "subject", "subject_id", "user_id", name=op.f("pk_flags")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("flags", schema=None) as batch_op:
        batch_op.create_index("uq_flags_id", ["guild_id", "id"], unique=True)
        batch_op.create_index("ix_flags_channel", ["guild_id", "channel_id", "at"], unique=False)
        batch_op.create_index(
            "ix_flags_raised",
            ["guild_id", "id"],
            unique=False,
            sqlite_where=sa.text("raised = 1 AND settled IS NULL"),
            postgresql_where=sa.text("raised = 1 AND settled IS NULL"),
        )

    op.create_table(
        "stances",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("motion_id", sa.Text(), nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "motion_id", "user_id", name=op.f("pk_stances")),
        sqlite_strict=True,
    )
    op.create_table(
        "debate_ballots",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("debate_id", Big, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("vote", sa.Text(), nullable=False),
        sa.Column("late", Big, nullable=False),
        sa.Column("moved_by", Big, nullable=True),
        sa.Column("at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "debate_id"],
            ["debates.guild_id", "debates.id"],
            name=op.f("fk_debate_ballots_debates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "debate_id", "stage", "user_id", name=op.f("pk_debate_ballots")),
        sqlite_strict=True,
    )
    op.create_table(
        "phases",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("debate_id", Big, nullable=False),
        sa.Column("position", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("speaker_id", Big, nullable=True),
        sa.Column("opened_at", Big, nullable=True),
        sa.Column("closes_at", Big, nullable=True),
        sa.Column("closed_at", Big, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("extended", Big, server_default="0", nullable=False),
        sa.Column("message_id", Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id", "debate_id"],
            ["debates.guild_id", "debates.id"],
            name=op.f("fk_phases_debates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "debate_id", "position", name=op.f("pk_phases")),
        sqlite_strict=True,
    )
    op.create_table(
        "ratings",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("number", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("vote", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("impact", Big, nullable=True),
        sa.Column("at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "number"],
            ["claims.guild_id", "claims.number"],
            name=op.f("fk_ratings_claims"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "number", "user_id", name=op.f("pk_ratings")),
        sqlite_strict=True,
    )
    op.create_table(
        "seats",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("debate_id", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "debate_id"],
            ["debates.guild_id", "debates.id"],
            name=op.f("fk_seats_debates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "debate_id", "user_id", name=op.f("pk_seats")),
        sqlite_strict=True,
    )
    op.create_table(
        "speeches",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("debate_id", Big, nullable=False),
        sa.Column("position", Big, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cites", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("took", Big, nullable=False),
        sa.Column("message_id", Big, nullable=True),
        sa.Column("at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "debate_id"],
            ["debates.guild_id", "debates.id"],
            name=op.f("fk_speeches_debates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_speeches")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("speeches", schema=None) as batch_op:
        batch_op.create_index(
            "uq_speeches_turn",
            ["guild_id", "debate_id", "position"],
            unique=True,
            sqlite_where=sa.text("kind != 'question'"),
            postgresql_where=sa.text("kind != 'question'"),
        )

    op.create_table(
        "fairness",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("speech_id", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("fair", Big, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "speech_id"],
            ["speeches.guild_id", "speeches.id"],
            name=op.f("fk_fairness_speeches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "speech_id", "user_id", name=op.f("pk_fairness")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approval", sa.Text(), server_default="off", nullable=False))
        batch_op.add_column(sa.Column("winner", Big, server_default="0", nullable=False))
