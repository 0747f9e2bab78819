"""Makes the persisted documents of a web process from the settings."""

from pathlib import Path

from serving.graphql.manifests import ManifestError
from serving.graphql.persisted_documents import REGISTERED, PersistedDocuments, read_all
from serving.pages import BUILT
from settings import BadSetting, Settings


def persisted_documents_of(settings: Settings, *, built: Path | None = None) -> PersistedDocuments:
    """Return the documents of the web client, as `built`, and those of DOCUMENTS_FILE.

    Raises:
        BadSetting: A file of DOCUMENTS_FILE cannot be used, or only registered documents are executed and there are
            none.
    """
    files = [Path(file.strip()) for file in settings.documents_file.split(",") if file]
    is_closed = settings.documents == "registered"
    try:
        registry = PersistedDocuments((built or BUILT) / REGISTERED, only_registered=is_closed, others=read_all(files))
    except ManifestError as error:
        raise BadSetting(f"DOCUMENTS_FILE: {error}") from None
    if is_closed and registry.is_empty:
        raise BadSetting(
            f"DOCUMENTS=registered needs the web client's documents, and {registry.file} holds none: run `make web`"
        )
    return registry


def check_documents(settings: Settings) -> None:
    """Check the settings that `persisted_documents_of` uses.

    Raises:
        BadSetting: The settings of documents cannot be used.
    """
    persisted_documents_of(settings)
