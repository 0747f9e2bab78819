"""The rules for the image of an account."""

from domain.errors import FieldError, FieldErrorCode, Problem

SIZES = (48, 96, 192, 400)  # pixels, square
MAX_IMAGE_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000  # decoding the worst formats takes some 400 MB

TOO_LARGE = f"The image is too large: at most {MAX_IMAGE_BYTES // 1024**2} MiB. Make it smaller first."
TOO_MANY_PIXELS = f"The image has too many pixels: at most {MAX_PIXELS // 10**6} million. Make it smaller first."
UNREADABLE = "The image cannot be read. Choose a complete JPEG, PNG, WebP or GIF file."


def image_problem(content: bytes | None) -> Problem | None:
    """Return why the file is refused, or None. Checks only its size; decoding may find more."""
    if content is None:
        return None
    if not content:
        return Problem(FieldErrorCode.INVALID, "The image is an empty file. Choose another one.")
    return Problem(FieldErrorCode.TOO_LONG, TOO_LARGE) if len(content) > MAX_IMAGE_BYTES else None


def bad_image(problem: str, *, field: str) -> FieldError:
    """Return the error for an image whose content is refused. `field` is that of the input."""
    return FieldError(field, FieldErrorCode.INVALID, problem)


def address(image: str, size: int) -> str:
    """Return the URL path of the image in one size. Its content never changes, because names are never reused."""
    return f"/media/images/{image}/{size}.webp"
