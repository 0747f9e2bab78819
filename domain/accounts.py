"""The rules for an account: its alias, names, bio, password and image."""

import re
from dataclasses import dataclass, field, replace

from domain.bios import bio_problem, tidy_bio
from domain.errors import FieldError, FieldErrorCode, InvalidInput, Problem
from domain.images import image_problem
from domain.names import name_problem, tidy_name
from domain.passwords import prepare_password

MAX_ALIAS = 30

_ALIAS = re.compile(rf"[A-Za-z0-9_]{{1,{MAX_ALIAS}}}")


def alias_key(alias: str) -> str:
    """Return the form that is unique among accounts: the alias with its case folded."""
    return alias.casefold()


def is_alias(alias: str) -> bool:
    return _ALIAS.fullmatch(alias) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    alias: str
    first_name: str
    last_name: str
    password: str = field(repr=False)
    image: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChange:
    """A change of names, bio or image. A field that is None keeps its value."""

    first_name: str | None = None
    last_name: str | None = None
    bio: str | None = None
    image: bytes | None = field(default=None, repr=False)
    removes_image: bool = False


def check_registration(wanted: Registration) -> Registration:
    """Return the registration with tidied names and the password in the form to be hashed.

    Raises:
        InvalidInput: At least one field breaks a rule. The error lists every bad field.
    """
    password, password_problem = prepare_password(wanted.password)
    problems = [
        FieldError(name, *problem)
        for name, problem in (
            ("alias", _alias_problem(wanted.alias)),
            ("firstName", name_problem(wanted.first_name, "first name", is_required=True)),
            ("lastName", name_problem(wanted.last_name, "last name", is_required=False)),
            ("password", password_problem),
            ("image", image_problem(wanted.image)),
        )
        if problem
    ]
    if problems:
        raise InvalidInput(problems)
    first_name, last_name = tidy_name(wanted.first_name), tidy_name(wanted.last_name)
    return replace(wanted, first_name=first_name, last_name=last_name, password=password)


def check_change(change: ProfileChange) -> dict[str, str]:
    """Return the given names and bio, tidied, keyed by attribute.

    Raises:
        InvalidInput: At least one field breaks a rule. The error lists every bad field.
    """
    problems, texts = [], {}
    if change.first_name is not None:
        texts["first_name"] = tidy_name(change.first_name)
        if problem := name_problem(change.first_name, "first name", is_required=True):
            problems.append(FieldError("firstName", *problem))
    if change.last_name is not None:
        texts["last_name"] = tidy_name(change.last_name)
        if problem := name_problem(change.last_name, "last name", is_required=False):
            problems.append(FieldError("lastName", *problem))
    if change.bio is not None:
        if problem := bio_problem(change.bio):
            problems.append(FieldError("bio", *problem))
        else:
            texts["bio"] = tidy_bio(change.bio)
    if problem := image_problem(change.image):
        problems.append(FieldError("image", *problem))
    if problems:
        raise InvalidInput(problems)
    return texts


def _alias_problem(alias: str) -> Problem | None:
    if is_alias(alias):
        return None
    code = FieldErrorCode.TOO_LONG if len(alias) > MAX_ALIAS else FieldErrorCode.INVALID
    message = f"An alias has 1 to {MAX_ALIAS} letters (a to z), digits and underscores."
    return Problem(code if alias else FieldErrorCode.REQUIRED, message)
