"""Content codings: selection by Accept-Encoding, and gzip for dynamic responses.

The length of a compressed response reveals repetitions in it (the BREACH attack), so no response with a secret is
compressed: no response to a request with a token, and none to a mutation, which may open a session.
"""

import zlib

# Of the compressed files that the build writes beside an asset, the smaller first.
SUFFIXES = {"br": ".br", "gzip": ".gz"}
SMALLEST_BYTES = 1_024  # below it, gzip's header costs more than compression saves
LARGEST_BYTES = 256 * 1024  # compressing it takes at most 7 ms, which block the event loop
LEVEL = 4  # 20 posts: 7.6 kB become 1.7 kB in 0.1 ms; level 9 takes twice as long for 4 % less
_GZIP = 16  # added to the window bits, it asks zlib for a gzip header


def accepted(header: str) -> list[str]:
    """Return the codings of SUFFIXES that an Accept-Encoding header accepts, the smaller first."""
    admitted = set()
    for part in header.lower().split(","):
        encoding, *parameters = ["".join(each.split()) for each in part.split(";")]
        if not any(parameter.rstrip("0.") == "q=" for parameter in parameters):
            admitted.add(encoding)
    return [encoding for encoding in SUFFIXES if encoding in admitted]


def gzipped(content: bytes) -> bytes | None:
    """Return the compressed content, or None if compression would not pay off or take too long."""
    if not SMALLEST_BYTES <= len(content) <= LARGEST_BYTES:
        return None
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + _GZIP)
    return compressor.compress(content) + compressor.flush()
