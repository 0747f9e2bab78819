"""The rules for a password. Different Unicode forms of the same text are the same password.

Passwords are prepared by the OpaqueString profile of PRECIS (RFC 8265): normalised to NFC, with U+0020 for every space.
Characters that the profile refuses are refused only in a new password. The set of assigned characters depends on the
version of Python, and an upgrade must not lock an account out.
"""

import re

from precis_i18n import get_profile

from domain.errors import FieldError, FieldErrorCode, InvalidInput, Problem
from domain.text import MAX_CLUSTER_CODE_POINTS, has_endless_character, is_storable

MIN_PASSWORD = 8
MAX_PASSWORD_BYTES = 1024  # argon2 has no limit of its own; this bounds the work of one request
MAX_TYPED_BYTES = 3 * MAX_PASSWORD_BYTES  # NFC shortens a text to a third at most
MAX_CONTEXTUAL = 50  # PRECIS scans the whole text once for each such character

TOO_LONG = Problem(FieldErrorCode.TOO_LONG, f"A password has at most {MAX_PASSWORD_BYTES:,} bytes.")

_OPAQUE = get_profile("OpaqueString")
_CONTEXTUAL = re.compile("[\u00b7\u0375\u05f3\u05f4\u0660-\u0669\u06f0-\u06f9\u200c\u200d\u30fb]")  # RFC 5892, A


def check_password(password: str, *, field: str) -> str:
    """Return the password to be hashed.

    Raises:
        InvalidInput: The password breaks a rule. The error names `field`.
    """
    prepared, problem = prepare_password(password)
    if problem:
        raise InvalidInput([FieldError(field, *problem)])
    return prepared


def prepare_password(password: str) -> tuple[str, Problem | None]:
    """Return the password in the form to be hashed, and the reason if it is refused."""
    if len(password) > MAX_TYPED_BYTES:
        return "", TOO_LONG  # before any check scans the whole text
    if not is_storable(password):
        return "", _invalid("The password holds characters that are not valid Unicode.")
    prepared = _normalised(password)
    if prepared is None:
        return "", Problem(
            FieldErrorCode.INVALID, f"The password has a character of more than {MAX_CLUSTER_CODE_POINTS} code points."
        )
    return prepared, _problem_of(prepared)


def typed_forms(password: str) -> tuple[str, ...]:
    """Return the forms that may have been hashed: the normalised form, and the typed one if it differs.

    Older versions hashed the typed form. If no account can have the text as its password, returns "" as the only form.
    The number of forms depends on the text alone.
    """
    if len(password) > MAX_TYPED_BYTES or not is_storable(password):
        return ("",)
    forms = dict.fromkeys(form for form in (_normalised(password), password) if form is not None)
    return tuple(form for form in forms if len(form.encode()) <= MAX_PASSWORD_BYTES) or ("",)


def _normalised(password: str) -> str | None:
    """Return the normalised text. None if it has a long run of marks, which NFC would sort in quadratic time."""
    if password.isascii():
        return password
    return None if has_endless_character(password) else _OPAQUE.apply_five_rules(password)


def _problem_of(prepared: str) -> Problem | None:
    if len(prepared) < MIN_PASSWORD:
        return Problem(FieldErrorCode.TOO_SHORT, f"A password has at least {MIN_PASSWORD} characters.")
    if len(prepared.encode()) > MAX_PASSWORD_BYTES:
        return TOO_LONG
    if len(_CONTEXTUAL.findall(prepared)) > MAX_CONTEXTUAL:
        return Problem(
            FieldErrorCode.INVALID,
            f"The password has more than {MAX_CONTEXTUAL} joiners, middle dots and Arabic digits.",
        )
    try:
        _OPAQUE.enforce(prepared)
    except UnicodeEncodeError:  # its message quotes the password, so it is not shown
        return Problem(
            FieldErrorCode.INVALID,
            "The password has a character that not every keyboard sends alike: a control, hidden or unassigned one.",
        )
    return None


def _invalid(message: str) -> Problem:
    return Problem(FieldErrorCode.INVALID, message)
