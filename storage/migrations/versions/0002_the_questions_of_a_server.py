"""Questions that a server writes itself, drafts, reports, rulings, settings and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:

    op.create_table(
        "audit",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("at", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", "deed", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["guild_id", "subject", "id"], unique=False)

    op.create_table(
        "decks",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_decks")),
        sqlite_strict=True,
    )
    op.create_table(
        "drafts",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_drafts")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index("ix_drafts_at", ["at"], unique=False)

    op.create_table(
        "rulings",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("id", Big, autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("moderator_id", Big, nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.Column("rounds", Big, nullable=False),
        sa.Column("answers", Big, nullable=False),
        sa.Column("people", Big, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_rulings")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("rulings", schema=None) as batch_op:
        batch_op.create_index("ix_rulings_question", ["guild_id", "question_id", "id"], unique=False)

    op.create_table(
        "settings",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("moderator_role_id", Big, nullable=True),
        sa.Column("review_channel_id", Big, nullable=True),
        sa.Column("second_opinion", Big, server_default="0", nullable=False),
        sa.Column("suggestions_a_day", Big, server_default="5", nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_settings")),
        sqlite_strict=True,
    )
    op.create_table(
        "questions",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("number", Big, autoincrement=False, nullable=False),
        sa.Column("deck_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author_id", Big, nullable=False),
        sa.Column("suggested", Big, nullable=False),
        sa.Column("tell_channel_id", Big, nullable=True),
        sa.Column("made_at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "deck_id"], ["decks.guild_id", "decks.id"], name=op.f("fk_questions_decks")
        ),
        sa.PrimaryKeyConstraint("guild_id", "number", name=op.f("pk_questions")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index("ix_questions_author", ["guild_id", "author_id", "made_at"], unique=False)
        batch_op.create_index("ix_questions_state", ["guild_id", "state", "number"], unique=False)

    op.create_table(
        "reports",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("round_id", Big, nullable=False),
        sa.Column("position", Big, nullable=False),
        sa.Column("user_id", Big, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.Column("ruling_id", Big, nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id", "round_id", "position"],
            ["asked.guild_id", "asked.round_id", "asked.position"],
            name=op.f("fk_reports_asked"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "round_id", "position", "user_id", name=op.f("pk_reports")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index("ix_reports_question", ["guild_id", "question_id", "ruling_id"], unique=False)

    op.create_table(
        "versions",
        sa.Column("guild_id", Big, nullable=False),
        sa.Column("number", Big, nullable=False),
        sa.Column("version", Big, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("editor_id", Big, nullable=False),
        sa.Column("at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "number"],
            ["questions.guild_id", "questions.number"],
            name=op.f("fk_versions_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "number", "version", name=op.f("pk_versions")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("asked", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", Big, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("void", Big, server_default="0", nullable=False))

    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weighed", Big, server_default="0", nullable=False))
        batch_op.create_index(
            "ix_rounds_unweighed",
            ["guild_id", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'over' AND weighed = 0"),
            postgresql_where=sa.text("state = 'over' AND weighed = 0"),
        )
