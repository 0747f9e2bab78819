"""What the accounts of a seeded graph say: short plain sentences, drawn with dice."""

import random

_SLOTS = {
    "time": ["this morning", "at lunch", "on the way home", "after the rain", "before the meeting", "late last night"],
    "place": ["the harbour", "the market", "the library", "platform 4", "the allotment", "the corner café", "the roof"],
    "thing": [
        "an umbrella",
        "a radio",
        "a bicycle bell",
        "a second-hand map",
        "a tomato plant",
        "a chess set",
        "a lamp",
    ],
    "food": ["soup", "a cinnamon bun", "cold noodles", "plum cake", "dumplings", "toast and tomatoes", "lentils"],
    "animal": ["a heron", "the neighbour's cat", "a very small dog", "two pigeons", "a fox", "a hedgehog"],
    "task": ["the tax form", "the bug of last week", "my inbox", "the loose shelf", "chapter two", "the timetable"],
    "mood": [
        "Still smiling.",
        "No regrets so far.",
        "Ask me again tomorrow.",
        "It was worth it.",
        "Highly recommended.",
    ],
}
_POSTS = [
    "Saw {animal} at {place} {time}. {mood}",
    "Bought {thing} {time}. {mood}",
    "Met {animal} near {place}. We agreed to say nothing about it.",
    "Finally finished {task}. Celebrating with {food}.",
    "Does anybody have {thing} to lend? I would return it by Sunday.",
    "Queue at {place} {time}: nine people, one of them humming. {mood}",
    "Today's plan: {task}. Today's result: {food}.",
    "Made {food} {time}. {mood}",
    "Lost {thing} at {place}. If you find it, it answers to no name.",
    "Three cups of tea in, and {task} looks almost friendly.",
    "Sunset from {place}. The photo shows a thumb, so you have to believe me.",
    "Someone has left {thing} at {place} with a note that says “for you”. {mood}",
    "{animal} stared at me through the window until I got back to {task}.",
    "Is {place} always this quiet {time}?",
    "Recipe of the day: {food}, and patience.",
    "Learnt {time} that {place} closes at five. It was six.",
]
_REPLIES = [
    "Same here!",
    "I was at {place} {time} and missed it.",
    "Was there {food}?",
    "Say hello to {animal} from me.",
    "You can have mine. It only needs {thing} to go with it.",
    "That sounds better than {task}.",
    "How did it end?",
    "Ha! This made my day.",
    "I have {thing} in the cellar, if that helps.",
    "Next time, tell me before. I bring {food}.",
    "Are you sure that it was {animal}?",
    "Not at {place}, surely?",
    "Good luck with {task}!",
    "{mood}",
]
_QUOTES = [
    "Everybody should read this {time}.",
    "This, but with {food}.",
    "My week in one line.",
    "And I thought that only {animal} knew.",
    "Reading this at {place}. {mood}",
    "Exactly what I needed instead of {task}.",
]


def draw_post(dice: random.Random) -> str:
    return _fill(dice.choice(_POSTS), dice)


def draw_reply(dice: random.Random) -> str:
    return _fill(dice.choice(_REPLIES), dice)


def draw_quote(dice: random.Random) -> str:
    return _fill(dice.choice(_QUOTES), dice)


def _fill(sentence: str, dice: random.Random) -> str:
    filled = sentence.format(**{slot: dice.choice(words) for slot, words in _SLOTS.items()})
    return filled[0].upper() + filled[1:]
