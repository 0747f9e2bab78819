"""Pictures in a bucket, with real processes: uploaded, shown, served, and deleted by a worker."""

from pathlib import Path

import httpx
import orjson

from settings import Settings
from storage import Storage
from tests.client import preflighted, sign_up
from tests.pictures import opened, picture
from tests.pipeline.stack import stack
from tests.s3 import media_store, start_s3
from tests.waiting import wait_until
from tests.world import World

UPLOAD = """mutation ($input: UploadMediaInput!) { uploadMedia(input: $input) {
    ... on MediaUploaded { media { id url } }
} }"""
CREATE = """mutation ($media: [ID!]!) { createPost(input: {text: "", media: $media}) {
    ... on PostCreated { post { id media { url } } }
} }"""
DELETE = "mutation ($id: ID!) { deletePost(input: {id: $id}) { __typename } }"


async def test_a_picture_goes_from_the_bucket_with_its_post(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    """The worker's processes are forks, in which the library of the bucket must start anew."""
    ann = await sign_up(World(storage), "ann")
    bucket = start_s3(tmp_path / "s3")
    try:
        with stack(settings.replace(media_store=media_store(bucket.url)), tmp_path, "web", "worker") as running:
            async with httpx.AsyncClient(base_url=running.url, headers=preflighted(ann.token), timeout=60) as http:

                async def ask(query: str, **variables: object) -> dict[str, dict[str, dict[str, str]]]:
                    answer = await http.post("/graphql", json={"query": query, "variables": variables})
                    return dict(answer.json()["data"])

                operations = orjson.dumps({"query": UPLOAD, "variables": {"input": {"file": None}}})
                parts = {"operations": operations, "map": b'{"0": ["variables.input.file"]}'}
                sent = {name: (None, content) for name, content in parts.items()} | {"0": ("file", picture())}
                media = (await http.post("/graphql", files=sent)).json()["data"]["uploadMedia"]["media"]
                served = await http.get(media["url"])
                assert opened(served.content).size == (60, 60)
                assert await storage.mongo.collection("media.files").count_documents({}) == 0

                post = (await ask(CREATE, media=[media["id"]]))["createPost"]["post"]
                await ask(DELETE, id=post["id"])

                async def is_gone() -> bool:
                    return (await http.get(media["url"])).status_code == 404

                await wait_until(is_gone)
    finally:
        bucket.stop()
