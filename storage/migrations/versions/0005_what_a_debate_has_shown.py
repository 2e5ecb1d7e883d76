"""Where a debate's cards and result are, words that wait, splits that are told in steps, and channels slowed down."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state != 'over'")

# One debate at a time in a channel: of several that were started at one moment the newest goes on.
END_OLDER = """
UPDATE debates SET state = 'over', ending = 'ended', ended_at = started_at WHERE state != 'over' AND EXISTS (
    SELECT 1 FROM debates AS newer WHERE newer.guild_id = debates.guild_id
    AND newer.channel_id = debates.channel_id AND newer.state != 'over' AND newer.id > debates.id)
"""


def upgrade() -> None:
    op.create_table(
        "slowed",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("channel_id", Big, nullable=False),
        sa.Column("until", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "channel_id", name=op.f("pk_slowed")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("slowed", schema=None) as batch_op:
        batch_op.create_index("ix_slowed_until", ["until"], unique=False)

    with op.batch_alter_table("prompts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("told_at", Big, nullable=True))

    op.execute(END_OLDER)
    with op.batch_alter_table("debates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gallery_id", Big, nullable=True))
        batch_op.add_column(sa.Column("result_id", Big, nullable=True))
        batch_op.add_column(sa.Column("result_channel_id", Big, nullable=True))
        batch_op.create_index(
            "uq_debates_channel_open",
            ["guild_id", "channel_id"],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )

    with op.batch_alter_table("phases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("posted_at", Big, nullable=True))

    with op.batch_alter_table("speeches", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held", Big, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("channel_id", Big, nullable=True))

    with op.batch_alter_table("fairness", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.Text(), server_default="shown", nullable=False))

    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unclear_told", Big, server_default="0", nullable=False))

    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index("ix_ratings_user", ["guild_id", "user_id", "at"], unique=False)
