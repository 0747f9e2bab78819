r"""Sets of characters for the patterns of `regex`, to be put into a set: rf"[{SPACED}]".

Both need VERSION1, whose sets can be subtracted from one another.
"""

# Scripts that put no space between words, or, as Korean does, none between a word and its particle. Such text stands
# directly beside a link or a mention and does not belong to it. The ranges have the signs that they share: ー, 々.
UNSPACED = (
    r"\u2E80-\u319F\uFF00-\uFFEF\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}"
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
)
# Letters and digits of all other scripts, with their marks.
SPACED = rf"[A-Za-z0-9[[\p{{L}}\p{{M}}\p{{Nd}}]--[{UNSPACED}]]]"  # ASCII first: it is found soonest
