"""Votes before and after a debate: private, one of each a person, and a result that keeps small groups apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.debate import voting
from bot.debate.floor import Place
from bot.errors import Refusal
from storage import debates
from storage.settings import change_settings
from tests.build import make_motion
from tests.debate import holding
from tests.stage import START, Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])


async def add_voters(stage: Stage, number: int, late: bool = False) -> list[str]:
    names = [f"{'late' if late else 'voter'}{n}" for n in range(number)]
    for name in names:
        stage.people[name] = stage.guild.add_member(stage.env.create_user(name))
    return names


async def ballots(stage: Stage, stage_name: str) -> dict[str, str]:
    debate = await holding.find(stage)
    names = {person.id: name for name, person in stage.people.items()}
    rows = await stage.db.read(debates.list_ballots, stage.guild.id, debate.id)
    return {names[row.user_id]: row.vote for row in rows if row.stage == stage_name}


async def talk(stage: Stage) -> None:
    """Everybody speaks until the vote after."""
    await holding.skip(stage)
    for n in range(6):
        await holding.speak(stage, await holding.turn_of(stage), f"Point {n}.", cites=["for-0"])


async def test_a_vote_is_private_can_be_changed_and_shows_no_split(stage: Stage) -> None:
    await holding.begin(stage)
    one, other = await holding.vote(stage, onlooker="For"), await holding.vote(stage, onlooker="Unsure")
    assert one[0].private is True
    assert one[0].text.startswith("Your vote is recorded: **For**. Only you see this")
    assert other[0].text.startswith("Your vote is changed from For to **Unsure**.")
    assert await ballots(stage, "before") == {"onlooker": "unsure"}
    await stage.advance(5)
    assert text_of(await holding.now_open(stage)).endswith(" · 1 vote\nClose the vote\nPause\nEnd")


async def test_the_vote_before_closes_when_the_first_speech_begins(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    await holding.skip(stage)
    told = await stage.forge("onlooker", f"debate:ballot:{debate.id}:0:for", stage.quiz.threads[0])
    assert told == (
        "That vote is closed. Whoever votes before the first and after the last speech is counted in the result."
    )
    assert await ballots(stage, "before") == {}


async def test_a_vote_that_there_is_not_is_refused(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    told = await stage.forge("onlooker", f"debate:ballot:{debate.id}:0:maybe", stage.quiz.threads[0])
    assert told == "That is not a vote I know. Please use the buttons of the newest card."


async def test_after_the_debate_one_can_say_which_point_moved_one(stage: Stage) -> None:
    await holding.begin(stage)
    await talk(stage)
    (reply,) = await holding.vote(stage, onlooker="For")
    assert "Which point moved you? (private)" in reply.text
    speech = (await holding.speeches(stage))[2]
    told = await stage.choose("onlooker", reply.message, str(speech.id))
    assert told.text.splitlines() == [
        "Noted, thank you. Only sums over many people are shown.",
        "You can also say why it changed your view. Moderators can read your reason; nobody else is told.",
        "Say why",
    ]
    form = await stage.press("onlooker", told.message, "Say why")
    assert form.result.modal is not None
    rows = await stage.db.read(debates.list_ballots, stage.guild.id, (await holding.find(stage)).id)
    assert [row.moved_by for row in rows] == [speech.id]


async def test_points_are_named_by_their_turns_and_a_speaker_is_not_asked_about_their_own(stage: Stage) -> None:
    await holding.begin(stage)
    await talk(stage)
    said = {one.id: one for one in await holding.speeches(stage)}
    (reply,) = await holding.vote(stage, bob="For")
    side = {"for": "For", "against": "Against"}
    turns = ("Opening", "Opening", "Cross-question", "Cross-question", "Closing", "Closing")
    expected = [
        f"{n + 2} · {turn} {side[one.side or '']}: {one.text}"
        for n, (turn, one) in enumerate(zip(turns, said.values(), strict=True))
        if one.user_id != stage.people["bob"].id
    ]
    assert [line for line in reply.text.splitlines() if " · " in line] == expected
    own = next(one for one in said.values() if one.user_id == stage.people["bob"].id)
    told = await stage.choose_in("bob", reply.message, f"debate:moved:{own.debate_id}", "0")
    assert told.text.startswith("Noted")
    forged = f"debate:moved:{own.debate_id}"
    refused = await stage.forge_choice("bob", forged, str(own.id), channel=stage.quiz.threads[0])
    assert refused == "That point is your own. Please choose somebody else's, or “None of them”."


async def test_that_no_point_moved_one_needs_no_reason(stage: Stage) -> None:
    await holding.begin(stage)
    await talk(stage)
    (reply,) = await holding.vote(stage, onlooker="For")
    told = await stage.choose("onlooker", reply.message, "0")
    assert told.text == "Noted, thank you. Only sums over many people are shown."


async def test_only_somebody_who_voted_after_can_say_what_moved_them(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    told = await stage.forge_choice("onlooker", f"debate:moved:{debate.id}", "0", channel=stage.quiz.threads[0])
    assert told == "Please vote first: then you can say what moved you."


async def test_of_three_voters_no_split_arrow_or_winner_is_shown(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"winner": 1})
    await holding.begin(stage)
    await holding.vote(stage, onlooker="Against", dana="Against", olga="Against")
    await talk(stage)
    await holding.vote(stage, onlooker="For", dana="For", olga="For")
    await holding.skip(stage)
    result = holding.said(stage, await holding.find(stage))[-1]
    assert "**Too few to read: 3 people voted both before and after; 7 more are needed.**" in result
    assert not any(word in result for word in ("winner", "towards", "%", "→", "moved"))
    assert "-# This does not say who is right." in result.splitlines()


@pytest.mark.parametrize("winner", [False, True])
async def test_a_clear_shift_is_told_with_its_chance_and_a_winner_only_where_wanted(stage: Stage, winner: bool) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"winner": int(winner)})
    voters = await add_voters(stage, 12)
    await holding.begin(stage)
    await holding.vote(stage, **dict.fromkeys(voters, "Unsure"))
    await talk(stage)
    await holding.vote(stage, **dict.fromkeys(voters[:7], "For"), **dict.fromkeys(voters[7:], "Unsure"))
    await holding.skip(stage)
    result = holding.said(stage, await holding.find(stage))[-1]
    assert "**Clear shift towards For.**" in result
    assert "Of 12 people who voted both before and after, 7 moved towards For" in result
    assert "-# This is how those who voted here moved. It does not say who is right." in result.splitlines()
    assert ("winner" in result) is winner


async def test_speakers_and_those_who_joined_late_are_kept_apart(stage: Stage) -> None:
    await holding.begin(stage)
    voters = await add_voters(stage, 10, late=True)
    for name in voters:
        member = stage.env.backend.guilds[stage.guild.id].members[stage.people[name].id]
        member.joined_at = datetime.fromtimestamp(START / 1000 + 60, UTC).isoformat()
    await holding.vote(stage, bob="For", **dict.fromkeys(voters, "Unsure"))
    await talk(stage)
    await holding.vote(stage, bob="For", **dict.fromkeys(voters, "For"))
    await holding.skip(stage)
    result = holding.said(stage, await holding.find(stage))[-1]
    assert "Too few to read: nobody voted both" in result
    assert "Speakers, not counted above: 1 person voted both before and after, too few to read." in result
    assert "Joined after the start, not counted above: Of 10 people" in result


async def test_the_recap_is_a_file_with_all_that_was_said_and_nobodys_vote(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.vote(stage, onlooker="For")
    await talk(stage)
    await holding.skip(stage)
    message = holding.hall(stage, await holding.find(stage))[-1]
    names = [attachment.filename for attachment in message.attachments]
    assert names == ["debate.png", "debate.md"]
    told = (await message.attachments[1].read()).decode()
    assert told.startswith("# Squares are better than circles (m1).\n")
    assert [line for line in told.splitlines() if line.startswith("Point ")] == [f"Point {n}." for n in range(6)]
    assert "§ cited: For 3, Against 3." in told
    assert "onlooker" not in told


async def test_the_picture_says_in_words_what_it_shows(stage: Stage) -> None:
    await holding.begin(stage)
    await talk(stage)
    await holding.skip(stage)
    debate = await holding.find(stage)
    card = str([c.to_dict() for c in holding.hall(stage, debate)[-1].components])
    assert "Words: For 6, Against 6. § cited: For 3, Against 3." in card


async def test_who_gave_up_a_seat_before_the_start_votes_with_the_audience(stage: Stage) -> None:
    card = await holding.start(stage)
    for who, label in (("dana", "For"), ("dana", "Watch"), ("bob", "For"), ("carol", "Against"), ("alice", "Begin")):
        await stage.press(who, card, label)
    await stage.advance(1)
    await holding.vote(stage, bob="For", dana="For")
    await talk(stage)
    await holding.vote(stage, bob="For", dana="For")
    await holding.skip(stage)
    result = holding.said(stage, await holding.find(stage))[-1]
    assert "Too few to read: 1 person voted both before and after" in result
    assert "Speakers, not counted above: 1 person" in result


async def test_who_waits_for_a_seat_to_the_end_votes_with_the_audience(stage: Stage) -> None:
    await holding.begin(stage, ("dana", "For"))
    await holding.vote(stage, bob="For", dana="For")
    await talk(stage)
    await holding.vote(stage, bob="For", dana="For")
    await holding.skip(stage)
    result = holding.said(stage, await holding.find(stage))[-1]
    assert "Too few to read: 1 person voted both before and after" in result
    assert "Speakers, not counted above: 1 person" in result


async def test_who_gave_up_a_seat_in_the_debate_was_a_speaker(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.vote(stage, bob="For")
    await holding.give_up(stage, "bob")
    await holding.finish(stage)
    result = holding.said(stage, await holding.find(stage))[-1]
    assert "Speakers, not counted above: Voted only before: 1; only after: 0." in result


async def test_the_file_tells_who_chaired_and_which_turns_came_to_nothing(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    first = await holding.turn_of(stage)
    await stage.press(first, await holding.now_open(stage), "Pass")
    await stage.advance(1)
    await holding.finish(stage)
    message = holding.hall(stage, await holding.find(stage))[-1]
    told = (await message.attachments[1].read()).decode()
    assert "The source on this: §1.1 §1.2" in told
    assert "Held on 2027-01-15 (UTC). Chaired by alice." in told
    side = "For" if first == "bob" else "Against"
    assert f"### Opening, {side}, {first}\n\n(passed)\n" in told
    assert told.count("(left out)") == 5


async def test_where_the_bot_may_attach_nothing_the_result_is_told_in_words(stage: Stage) -> None:
    await holding.begin(stage)
    await talk(stage)
    debate = await holding.find(stage)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Close the vote", "Close it")
    stage.env.inject_error("POST", f"/channels/{debate.thread_id}/messages", status=403, code=50013)
    await stage.advance(1)
    result = holding.hall(stage, debate)[-1]
    assert result.attachments == []
    assert text_of(result).splitlines()[-2:] == [
        "-# Too few to read. Nobody voted twice; 10 people are needed. "
        "Time taken: For 3 s, Against 3 s. Words: For 6, Against 6. § cited: For 3, Against 3.",
        "-# I may not attach files here, so a picture or a file is left out of this.",
    ]
    assert (await holding.find(stage)).state == "over"


async def test_a_vote_that_comes_after_its_deadline_is_refused_though_the_debate_has_not_moved_on_yet(
    stage: Stage,
) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    place = Place(stage.guild.id, debate.id, stage.quiz.id, stage.people["onlooker"].id)
    await stage.db.write(voting.vote, place, 0, "for", debate.due_at - 1)
    with pytest.raises(Refusal) as refused:
        await stage.db.write(voting.vote, place, 0, "against", debate.due_at)
    assert str(refused.value) == voting.CLOSED
    assert await ballots(stage, "before") == {"onlooker": "for"}


async def test_a_speech_of_another_debate_did_not_move_anybody_here(stage: Stage) -> None:
    await holding.begin(stage)
    await talk(stage)
    other = (await holding.speeches(stage))[0]
    await holding.skip(stage)
    await stage.advance(3)
    await holding.begin(stage)
    await talk(stage)
    await holding.vote(stage, onlooker="For")
    debate = await holding.find(stage)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    told = await stage.forge_choice("onlooker", f"debate:moved:{debate.id}", str(other.id), channel=thread)
    assert told.startswith("I don't know this debate any more.")
    rows = await stage.db.read(debates.list_ballots, stage.guild.id, debate.id)
    assert [row.moved_by for row in rows] == [None]
