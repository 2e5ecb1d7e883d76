"""Setup, by real presses: who may, what is kept, and what it changes at the next press."""

from __future__ import annotations

from storage.settings import Settings, get_settings
from tests.stage import Stage, button_ids


async def kept(stage: Stage) -> Settings:
    return await stage.db.read(get_settings, stage.guild.id)


async def test_a_manager_chooses_role_channel_and_limit(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    assert card.private
    await stage.choose_in("olga", card.message, "setup:role", stage.editor)
    await stage.press("olga", card.message, "More settings")
    await stage.choose_in("olga", card.message, "setup:channel", stage.other)
    await stage.choose_in("olga", card.message, "setup:limit", "3")
    await stage.press("olga", card.message, "Ask for a second opinion")
    assert await kept(stage) == Settings(stage.editor.id, stage.other.id, True, 3)


async def test_whose_claims_wait_and_whether_a_winner_is_named(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    await stage.press("olga", card.message, "More settings")
    await stage.choose_in("olga", card.message, "setup:approval", "new")
    after = await stage.press("olga", card.message, "Name a winner")
    assert "Where votes clearly moved, the side is named the winner." in after.text
    assert await kept(stage) == Settings(approval="new", winner=True)
    await stage.press("olga", card.message, "Name no winner")
    assert (await kept(stage)).winner is False
    log = (await stage.slash("olga", "audit")).text
    assert "set whose claims wait for a moderator" in log
    assert "-# on → off" in log
    told = await stage.forge_choice("olga", "setup:approval", "nobody")
    assert told == "I don't know that choice. Please use /setup start again."


async def test_a_choice_can_be_taken_back(stage: Stage) -> None:
    await stage.trust_editors()
    card = await stage.slash("olga", "setup start")
    await stage.choose_in("olga", card.message, "setup:role")
    assert await kept(stage) == Settings()


async def test_the_role_that_looks_after_questions_may_not_choose_another(stage: Stage) -> None:
    await stage.trust_editors()
    told = "Only people who may manage this server can set me up. Please ask one of them."
    assert await stage.forge("dana", "setup:second:1") == told
    assert (await kept(stage)).second_opinion is False


async def test_everybody_is_no_role_to_choose(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    told = await stage.choose_in("olga", card.message, "setup:role", stage.guild.default_role)
    assert told.text == "That role is everybody. Please choose a role of the people who look after questions."


async def test_the_role_counts_from_the_next_press_and_no_longer_than_it_is_held(stage: Stage) -> None:
    refused = await stage.slash("dana", "question list")
    assert refused.text == ("Only people who may manage this server can do that. /help shows what you may use here.")
    card = await stage.slash("olga", "setup start")
    await stage.choose_in("olga", card.message, "setup:role", stage.editor)
    assert (await stage.slash("dana", "question list")).text.startswith("### This server's questions")
    await stage.take_role("dana", stage.editor)
    again = await stage.slash("dana", "question list")
    assert again.text.startswith("Only people who may manage this server or have the role <@&")


async def test_a_channel_the_bot_cannot_write_in_is_named(stage: Stage) -> None:
    await stage.deny_bot(stage.other, "send_messages")
    card = await stage.slash("olga", "setup start")
    await stage.press("olga", card.message, "More settings")
    after = await stage.choose_in("olga", card.message, "setup:channel", stage.other)
    assert f"I can't write in <#{stage.other.id}>: give me View Channel and Send Messages there." in after.text


async def test_a_channel_of_another_server_is_no_channel_to_choose(stage: Stage) -> None:
    elsewhere = await stage.open_elsewhere()
    told = await stage.forge_choice("mallory", "setup:channel", str(stage.quiz.id), channel=elsewhere)
    assert told == "I can't see that channel. Let me see it, or choose another."
    assert await stage.db.read(get_settings, elsewhere.guild.id if elsewhere.guild else 0) == Settings()


async def test_a_channel_that_was_deleted_is_told_of(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    await stage.press("olga", card.message, "More settings")
    await stage.choose_in("olga", card.message, "setup:channel", stage.other)
    await stage.delete_channel(stage.other)
    card = await stage.slash("olga", "setup start")
    again = await stage.press("olga", card.message, "More settings")
    assert "The channel that was chosen is gone. Nothing is posted until you choose another." in again.text


async def test_limits_that_are_not_offered_are_refused(stage: Stage) -> None:
    assert (
        await stage.forge_choice("olga", "setup:limit", "999")
        == "I don't know that number. Please use /setup start again."
    )
    assert await kept(stage) == Settings()


async def test_setup_works_on_a_card_of_an_earlier_process_and_is_noted(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    await stage.restart()
    await stage.choose_in("olga", card.message, "setup:role", stage.editor)
    log = await stage.slash("olga", "audit")
    assert "set the role that looks after questions" in log.text
    assert list(button_ids(log.message)) == []
