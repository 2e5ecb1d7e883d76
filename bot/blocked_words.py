"""The local list: words that the bot passes on for nobody where a server's own AutoMod cannot be asked.

It also stands in for the three word lists that Discord keeps to itself (presets of AutoMod), so it is sorted like them.
The words are written as moderators write keywords: whole words, but for a `*`. Ugly ones only, no subjects: a debate
needs to speak of Nazis, of rape as a crime, of a chink in the armour, of Dick Cheney and of Pussy Riot.
"""

from __future__ import annotations

from typing import Final


def _split(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(","))


PROFANITY: Final = _split("""
    *fuck*, fuk, fuking, fvck, f4ck, phuck, motherf*, mofo, gtfo, stfu, shit, shits, shitty, shite, shitting, shithead*,
    shitshow, sh1t, bullshit*, horseshit, dipshit*, apeshit, asshole*, a$$hole*, arsehole*, bitch, bitches, b1tch, cunt,
    cunts, twat, twats, wanker*, dickhead*, bellend*, cocksucker*, douchebag*, piss off, son of a bitch
""")

SEXUAL_CONTENT: Final = _split("""
    blowjob*, blow job, handjob*, rimjob*, cumshot*, jerk off, jerking off, jack off, dildo*, gangbang*, bukkake,
    creampie*, masturbat*, jizz, buttplug*, tits, titties, slut, sluts, slutty, whore, whores, pussies, suck my dick,
    suck my cock
""")

# Where two peoples have an ugly word for each other, both are here.
SLURS: Final = _split("""
    nigger*, sandnigger*, nigga, niggas, niggaz, niglet*, n1gger*, n1gga*, nigg3r*, faggot*, fagg0t*, f4ggot*, kike,
    kikes, spic, spics, chink, chinks, gook, gooks, wetback*, coons, paki, pakis, raghead*, towelhead*, camel jockey*,
    sand monkey*, porch monkey*, jigaboo*, darkie, darkies, japs, gyppo*, tranny, trannies, shemale*, retard, retards,
    retarded, kys, kill yourself, khokhol*, hohol*, katsap*, moskali
""")

ALLOWED: Final = _split("chink in the*, chinks in the*, spic and span, maine coon*")
