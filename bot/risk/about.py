"""What /about says: what kind of text the source is, its words, how the pack was made, and what the bot stores."""

from __future__ import annotations

from bot.kit import Card
from bot.risk import rules
from bot.text import escape, sections
from content.pack import Pack, Term

ROOM = 3300  # characters of paragraphs on a page; its heading and footer come on top

METHOD = (
    "**Own words.** Questions, motions and cards are in the pack's own words and cite the passage they rest on. "
    "§2.3 is the third sentence of section 2; section 0 is the opening. A q marks a quote, b a point of a list, "
    "t a row of a table.",
    "**Kinds of claim.** The answer to each question says what it rests on: stated (the source says so itself), "
    "attributed (the source says who holds it), quoted words, or an opinion. A right answer means that the source "
    "says so. It does not mean that it is true. Opinions are not scored as facts: such a question only asks who "
    "holds which view.",
    "**Checks.** The packs that come with me pass a check by a program: every § exists; right options stand in each "
    "place about equally often and are no longer than wrong ones; each motion has three arguments for and three "
    "against, about equal in length. Whoever runs me may add packs of their own.",
    "**No side.** I state no likelihoods and rank no risks. I show what the source says, who says it there, what it "
    "sets against that, and what it leaves out.",
)

STORED = (
    "**When you answer in a quiz round:** the server's ID, your user ID and display name, what you chose or typed, "
    "whether it was right, the points, and the time. The name is renewed with each answer that counts. Practice is "
    "not stored.",
    "**When you vote on a motion:** the server's ID, your user ID, your vote and the time. A new vote replaces the "
    "old one. Nobody here is shown who voted for what, and a split is shown only from five votes on.",
    "**When you start a round or put a motion:** your user ID, the channel, the settings, and the IDs of the "
    "messages that belong to it.",
    "**When you write or send in a question, report one, or look after them:** the question and every version of it, "
    "what you reported, what you decided, with your user ID and the time. Moderators can read who did what. If you "
    "want to be told what becomes of a suggestion, the ID of our direct messages, until you were told. A form that you "
    "have not saved and words that you searched for, for a day.",
    "**Not stored:** what is written in this server, unless somebody makes a question of a message. I am not sent "
    "messages and have no list of members; I get what you do with my commands, buttons and forms. After a crash I may "
    "fetch the last 50 messages of a channel, to see whether my own card is among them, and keep nothing of them.",
    "**How long:** until it is deleted by hand; nothing goes by itself. Ask a moderator of this server or the people "
    "who run this bot: they keep its database and are able to look into it.",
)


def draw_about(pack: Pack) -> list[Card]:
    """The source, its words, the method, what is stored: a page each, more where the pack's texts need it."""
    source = (f"**What kind of text:** {escape(pack.source.kind)}", *map(escape, pack.about.paragraphs))
    pages = [(pack.about.title, page) for page in rules.paginate(source, ROOM)]
    pages += [("What its words mean", page) for page in rules.paginate([*map(_explain, pack.glossary)], ROOM)]
    pages += [("How this was made", list(METHOD)), ("What I store", list(STORED))]
    return [_page(pack, title, page) for title, page in pages]


def _explain(term: Term) -> str:
    cited = f" {sections(term.cite)}" if term.cite else ""
    return f"**{escape(term.term)}:** {escape(term.meaning)}{cited}"


def _page(pack: Pack, title: str, paragraphs: list[str]) -> Card:
    return Card().text(f"## {escape(title)}\n-# {escape(pack.title)}").text("\n\n".join(paragraphs))
