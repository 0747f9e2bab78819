"""Content codings: which a client accepts, and gzip for what is made on the fly.

Compressed bytes tell by their length how much of an answer is repeated in it (the BREACH attack), so nothing with a
secret in it is compressed: no answer to a request with a token, and none to a mutation, which may open a session.
"""

import zlib

SUFFIXES = {"br": ".br", "gzip": ".gz"}  # of the files that the build lays beside an asset, the smaller first
SMALLEST_BYTES = 1_024  # below it, a head outweighs what is saved
LARGEST_BYTES = 256 * 1024  # takes 7 ms at worst, in which the process answers no other request
LEVEL = 4  # 20 posts: 7.6 kB become 1.7 kB in 0.1 ms; level 9 takes twice as long for 4 % less
_GZIP = 16  # added to the window's bits: with a head of gzip


def accepted(header: str) -> list[str]:
    """Return the codings of SUFFIXES that an Accept-Encoding header admits, the smaller first."""
    admitted = set()
    for part in header.lower().split(","):
        encoding, *parameters = ["".join(each.split()) for each in part.split(";")]
        if not any(parameter.rstrip("0.") == "q=" for parameter in parameters):
            admitted.add(encoding)
    return [encoding for encoding in SUFFIXES if encoding in admitted]


def gzipped(content: bytes) -> bytes | None:
    """Return the content compressed; None if that is not worth it or would take too long."""
    if not SMALLEST_BYTES <= len(content) <= LARGEST_BYTES:
        return None
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + _GZIP)
    return compressor.compress(content) + compressor.flush()
