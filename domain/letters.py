r"""Character classes for patterns of the library `regex`. Use them inside brackets: rf"[{SPACED}]".

Both need the flag VERSION1, which allows to subtract one set from another.
"""

# Scripts without spaces between words, and Korean, which has none between a word and its particle. Such text may stand
# directly beside a link or a mention without belonging to it. The code point ranges hold the signs these scripts share,
# such as ー and 々.
UNSPACED = (
    r"\u2E80-\u319F\uFF00-\uFFEF\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}"
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
)
# Letters, marks and digits of all other scripts.
SPACED = rf"[A-Za-z0-9[[\p{{L}}\p{{M}}\p{{Nd}}]--[{UNSPACED}]]]"  # ASCII stands first because it matches most often
