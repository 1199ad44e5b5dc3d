"""How simulated customers talk."""

from typing import Literal

VAGUE = frozenset({"pro", "pair", "set", "box", "kit", "pad", "pack", "trio", "run", "spf", "tin"})
"""Last words of titles that nobody would ask for."""

Manner = Literal["terse", "plain", "chatty"]

OPENINGS: dict[Manner, tuple[str, ...]] = {
    "terse": ("{kind}", "{kind} please", "need {kind}", "looking for {kind}"),
    "plain": (
        "I'm looking for {kind}",
        "Do you have {kind}?",
        "I need {kind}",
        "Show me {kind} please",
        "Can you show me some {kind}?",
    ),
    "chatty": (
        "Hi! I've been meaning to get {kind} for ages, what do you have?",
        "Good morning, I hope you can help me, I'm looking for {kind}",
        "Hello there, my old one gave up last week so I need {kind} now",
        "Hey, a friend told me about your shop. Do you sell {kind}?",
        "So it's time I treated myself: I'd like to buy {kind}",
    ),
}

ASKING: dict[str, dict[Manner, tuple[str, ...]]] = {
    "color": {
        "terse": ("{value}", "in {value}", "{value} only", "{value} one"),
        "plain": ("In {value} please", "Do you have it in {value}?", "I'd like it in {value}"),
        "chatty": (
            "Those are nice, but it should be {value} if you have that",
            "I'd really love one in {value} to be honest",
            "I've been told {value} suits me, so {value} please",
        ),
    },
    "brand": {
        "terse": ("{value}", "only {value}", "{value} ones"),
        "plain": ("Do you have any by {value}?", "Only {value} please", "I'd like {value}"),
        "chatty": (
            "I've always been happy with {value}, do you have something by them?",
            "My sister swears by {value}, can you show me only those?",
        ),
    },
    "price_max": {
        "terse": ("under {value}", "max {value}", "< ${value}", "up to {value}"),
        "plain": ("Under ${value} please", "It should be less than ${value}", "At most ${value}"),
        "chatty": (
            "I don't want to spend more than {value} dollars on it, you know how it is",
            "Money is a bit tight this month, so please nothing over ${value}",
        ),
    },
    "size": {
        "terse": ("size {value}", "in {value}", "{value} size"),
        "plain": ("In size {value} please", "Do you have it in a {value}?", "I need size {value}"),
        "chatty": (
            "I usually take a size {value}, so only those please",
            "It would have to come in a size {value} for me",
        ),
    },
    "gender": {
        "terse": ("for {value}", "{value}'s"),
        "plain": ("For {value} please", "It should be for {value}", "I need it for {value}"),
        "chatty": (
            "Oh, I should have said, I need them for {value}",
            "Do you also have something for {value}? That's what I need",
        ),
    },
    "material": {
        "terse": ("{value}", "in {value}", "made of {value}"),
        "plain": ("It should be made of {value}", "Do you have it in {value}?"),
        "chatty": ("Could it be made of {value}? That's what I like best",),
    },
    "quality": {
        "terse": ("{value}", "{value} ones", "must be {value}"),
        "plain": ("I'd like one that is {value}", "Do you have {value} ones?", "{value} please"),
        "chatty": (
            "What matters to me is that it's {value}, do you have that?",
            "It would be great if it was {value}, I had trouble with the last one",
        ),
    },
    "part": {
        "terse": ("with {value}", "must have {value}"),
        "plain": ("With {value} please", "Do you have any with {value}?", "It should have {value}"),
        "chatty": (
            "Oh, and it would be great if it had {value}, I always miss that",
            "Is there one with {value}? I can't do without",
        ),
    },
    "detail": {
        "terse": ("{value} ones", "{value}", "the {value} kind"),
        "plain": ("I mean the {value} kind", "Do you have {value} ones?", "{value} ones please"),
        "chatty": (
            "I think what I have in mind is the {value} kind, does that make sense?",
            "More like the {value} ones, if you know what I mean",
        ),
    },
}

_QUALITIES = ("ed", "ing", "able", "proof", "free", "less", "resistant", "ive", "vegan", "dry")


def asking(field: str, value: str, manner: Manner) -> tuple[str, ...]:
    """Sentences that ask for a value. Of a thing's features some are qualities, some parts."""
    if field == "says":
        field = "quality" if value.endswith(_QUALITIES) else "part"
    return ASKING[field][manner]


CORRECTIONS: dict[str, tuple[str, ...]] = {
    "color": ("Actually, in {value}", "No, {value} is better", "Make that {value} instead"),
    "brand": (
        "Actually {value} instead",
        "No, rather {value}",
        "Forget that brand, {value} please",
    ),
    "price_max": (
        "OK, I can go up to ${value}",
        "Actually, under ${value} is fine",
        "Let's say up to ${value}",
    ),
}

MORE: dict[Manner, tuple[str, ...]] = {
    "terse": ("more", "show more", "next"),
    "plain": ("Show me more", "Do you have others?", "What else do you have?"),
    "chatty": (
        "Hmm, none of these is quite it. Could you show me some more?",
        "Nice, but I'd like to see what else you have",
    ),
}

IN_OTHER_WORDS: dict[Manner, tuple[str, ...]] = {
    "terse": ("{words}", "search {words}"),
    "plain": ("Let me say it differently: {words}", "I'm looking for {words}"),
    "chatty": ("I think we misunderstand each other, what I want is {words}",),
}
"""When everything known has been said."""
