"""An application on the tests' database with a client that is built of a few lines."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app import create_app
from storage import Storage
from tests.client import connected, until_ready
from tests.conftest import settings_of

CLIENT = """<!doctype html>
<html lang="en">
<head>
<meta name="description" content="Short posts.">
<title>Tweeter</title>
<link rel="icon" href="/icon.svg">
</head>
<body><div id="root"></div></body>
</html>
"""


@pytest.fixture(scope="session")
async def one_site(
    one_storage: Storage, mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx.AsyncClient]:
    built = tmp_path_factory.mktemp("dist")
    (built / "index.html").write_text(CLIENT)
    app = create_app(settings_of(mongodb_url, redis_url, one_storage.mongo.database.name), built=built)
    async with app.router.lifespan_context(app), connected(app) as http:
        await until_ready(http)
        yield http


@pytest.fixture
def site(one_site: httpx.AsyncClient, storage: Storage) -> httpx.AsyncClient:
    """A client of the application on the same, empty database."""
    return one_site
