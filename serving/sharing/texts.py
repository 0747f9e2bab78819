"""The words of embedded posts, in the languages of the web client."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.visibility import PostHidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    language: str
    replying: str  # before an alias
    view: str
    posted_by: str  # before a name
    unavailable: str
    failed: str
    gaps: Mapping[PostHidden, str]
    months: str
    date: str

    def format_time(self, instant: datetime) -> str:
        """Return the day and the time in UTC, since the reader's zone is not known."""
        at = instant.astimezone(UTC)
        month = self.months.split()[at.month - 1]
        return f"{self.date.format(day=at.day, month=month, year=at.year)}, {at:%H:%M} UTC"


ENGLISH = Texts(
    language="en",
    replying="Replying to",
    view="View on Tweeter",
    posted_by="Post by",
    unavailable="This post is not available.",
    failed="This post cannot be shown at the moment.",
    gaps={
        PostHidden.GONE: "The quoted post has been deleted.",
        PostHidden.BLOCKED: "The quoted post is not available.",
        PostHidden.MUTED: "The quoted post is not available.",
    },
    months="January February March April May June July August September October November December",
    date="{month} {day}, {year}",
)
GERMAN = Texts(
    language="de",
    replying="Antwort an",
    view="Auf Tweeter ansehen",
    posted_by="Beitrag von",
    unavailable="Dieser Beitrag ist nicht verfügbar.",
    failed="Dieser Beitrag kann gerade nicht angezeigt werden.",
    gaps={
        PostHidden.GONE: "Der zitierte Beitrag wurde gelöscht.",
        PostHidden.BLOCKED: "Der zitierte Beitrag ist nicht verfügbar.",
        PostHidden.MUTED: "Der zitierte Beitrag ist nicht verfügbar.",
    },
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    date="{day}. {month} {year}",
)
LANGUAGES = {texts.language: texts for texts in (ENGLISH, GERMAN)}


def choose_texts(chosen: str | None, accepted: str) -> Texts:
    """Return the texts of the chosen language, or of the first known one in an Accept-Language header."""
    if chosen in LANGUAGES:
        return LANGUAGES[chosen]
    preferred = []
    for place, part in enumerate(accepted.lower().split(",")):
        tag, _, parameter = part.partition(";")
        quality = parameter.strip().removeprefix("q=") or "1"
        weight = float(quality) if quality.replace(".", "", 1).isdecimal() else 0.0
        if weight:
            preferred.append((-weight, place, tag.strip().partition("-")[0]))
    return next((LANGUAGES[tag] for *_, tag in sorted(preferred) if tag in LANGUAGES), ENGLISH)
