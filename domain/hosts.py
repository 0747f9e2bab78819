"""Finds the end of the host of a link, and checks that the text is a valid host name."""

from ipaddress import IPv4Address, IPv6Address

import regex
from publicsuffixlist import PublicSuffixList

from domain.letters import SPACED, UNSPACED

MAX_HOST = 253  # characters (RFC 1035)
MAX_LABEL = 63  # characters, in Punycode
MAX_UNSPACED = 10  # characters of a top-level domain in a script without spaces; the longest has five

_SUFFIXES = PublicSuffixList(accept_unknown=False, only_icann=True)
_LABEL = r"[\p{L}\p{M}\p{N}\p{So}_-]"
_HOST = regex.compile(rf"(?V1)\[(?<ipv6>[0-9A-Fa-f:.]{{2,45}}+)\]|{_LABEL}++(?:\.{_LABEL}++)*+")
_SPACED_LABEL = rf"[{SPACED}_-]"
# A host without a scheme is in scripts with spaces between words. Only its top-level domain may be in another script.
BARE_HOST = (
    rf"[{SPACED}]{_SPACED_LABEL}*+(?=\.[{SPACED}{UNSPACED}])"
    rf"(?:\.{_SPACED_LABEL}++)*+(?:\.[{UNSPACED}]{{1,{MAX_UNSPACED}}}+)?"
)
# Text and emoji that may follow a top-level domain without a space.
_TEXT = regex.compile(rf"(?V1)[{UNSPACED}\p{{So}}]")
_SCRIPT_CHANGE = regex.compile(rf"(?V1){SPACED}++(?=[{UNSPACED}\p{{So}}])")
_NAMED_HOSTS = regex.compile(rf"(?V1)(?:\.{_SPACED_LABEL}++)+")


def is_top_level(label: str) -> bool:
    """Return whether this is a top-level domain of ICANN's, in letters or in Punycode."""
    return "." not in label and _SUFFIXES.publicsuffix(f"x.{label}") is not None


def find_host_end(text: str, start: int) -> int | None:
    """Return the end of the host that begins at `start`, after a scheme. None if there is none.

    After a scheme, the top-level domain may be unknown: lists age, and private networks have their own domains.
    """
    window = text[start : start + MAX_HOST + 1]
    found = _HOST.match(window)
    if found is None:
        return None
    if found["ipv6"] is not None:
        return start + found.end() if _is_ip(IPv6Address, found["ipv6"]) else None
    host = found[0].rstrip("_-")
    if host.rpartition(".")[2].isdecimal():
        return start + len(host) if _is_ip(IPv4Address, host) else None
    if found.end() > MAX_HOST:
        host = _cut_before_text(host, is_whole=False)
    elif not is_top_level(host.rpartition(".")[2]):
        host = _cut_before_text(host, is_whole=True)
    return start + len(host) if _is_well_formed(host) else None


def find_bare_host_end(host: str) -> int | None:
    """Return the length of the host at the beginning of a match of BARE_HOST. None if that is only text."""
    labels = host.split(".")
    if _TEXT.match(labels[-1]):
        labels[-1:] = _known_beginning(labels[-1])
    if len(labels) < 2 or not is_top_level(labels[-1]) or _begins_sentence(labels[-1]):
        return None
    host = ".".join(labels)
    return len(host) if _is_well_formed(host) else None


def is_followed_by_domain(text: str, end: int) -> bool:
    """Return whether a domain's name goes on at `end`, with a dot."""
    found = _NAMED_HOSTS.match(text, end)
    return found is not None and find_bare_host_end("x" + found[0]) is not None


def _is_ip(kind: type[IPv4Address] | type[IPv6Address], host: str) -> bool:
    try:
        kind(host)
    except ValueError:
        return False
    return True


def _cut_before_text(host: str, *, is_whole: bool) -> str:
    """Return the host without text that follows its top-level domain without a space: example.comは.

    If no top-level domain is known, `is_whole` says whether the host may stay as it is. It is empty otherwise.
    """
    labels = host.split(".")
    for last in range(len(labels) - 1, 0, -1):
        label, following = labels[last], "".join(labels[last + 1 : last + 2])
        if _TEXT.match(label):
            known = _known_beginning(label)
        else:
            known = [label if _TEXT.match(following) else _before_text(label)]
        if known and is_top_level(known[0]):
            return ".".join([*labels[:last], *known])
    if not is_whole:
        return ""
    return ".".join([*labels[:-1], _before_text(labels[-1]) or labels[-1]])


def _before_text(label: str) -> str:
    found = _SCRIPT_CHANGE.match(label)
    return found[0] if found else ""


def _known_beginning(label: str) -> list[str]:
    """Return the longest beginning that is a top-level domain: みんな of みんなです. Empty if there is none."""
    return [label[:end] for end in range(min(len(label), MAX_UNSPACED), 0, -1) if is_top_level(label[:end])][:1]


def _begins_sentence(label: str) -> bool:
    """Return whether this is the first word of a sentence, before which only a space is missing: "at home.It was"."""
    return label[0].isupper() and label[1:].islower()


def _is_well_formed(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or len(host) > MAX_HOST or any("_" in label for label in labels[-2:]):
        return False
    top = labels[-1]
    is_name = len(top) > 1 and top[0].isalpha() and "-" not in top and not any(each.isdecimal() for each in top)
    return (is_name or top.lower().startswith("xn--")) and all(_is_label(label) for label in labels)


def _is_label(label: str) -> bool:
    if not 0 < len(label) <= MAX_LABEL or label[0] in "-_" or label[-1] in "-_":
        return False
    if label.isascii():
        return True
    return not label.lower().startswith("xn--") and len(label.encode("punycode")) + len("xn--") <= MAX_LABEL
