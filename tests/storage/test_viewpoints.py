"""What a viewer and other accounts have decided about each other."""

from domain.relations import RelationKind
from domain.visibility import DEFAULT_OPTIONS, FollowOptions, Viewpoint
from storage import Storage
from tests.commands import Commands, explain
from tests.conversations import relate
from tests.storage.crowds import make_crowd
from tests.world import World


async def test_a_viewpoint_holds_what_is_stored_about_the_accounts(storage: Storage, world: World) -> None:
    ann, bob, cat, dan, eve = await world.make_users(5)
    await world.follow(ann, bob)
    await world.follow(ann, cat)
    await world.follow(eve, ann)
    await storage.mongo.collection("follows").update_one(
        {"followee": cat.id}, {"$set": {"hides_reposts": True, "out_of_feed": True}}
    )
    await relate(storage, ann, bob, RelationKind.MUTE)
    await relate(storage, ann, dan, RelationKind.MUTE)
    await relate(storage, ann, dan, RelationKind.BLOCK)
    await relate(storage, ann, eve, RelationKind.BLOCKED_BY)
    await relate(storage, bob, cat, RelationKind.BLOCK)
    everybody = {ann.id, bob.id, cat.id, dan.id, eve.id}
    expected = Viewpoint(
        viewer=ann.id,
        follows={bob.id: DEFAULT_OPTIONS, cat.id: FollowOptions(shows_reposts=False, is_in_feed=False)},
        muted={bob.id, dan.id},
        blocked={dan.id},
        blocked_by={eve.id},
    )
    assert await storage.viewpoints.read(ann.id, everybody) == expected
    relations = await storage.viewpoints.read_relations(ann.id, everybody)
    assert (relations.muted, relations.blocked, relations.blocked_by) == (
        expected.muted,
        expected.blocked,
        expected.blocked_by,
    )
    assert await storage.viewpoints.read(ann.id, {cat.id}) == Viewpoint(
        viewer=ann.id,
        follows={cat.id: FollowOptions(shows_reposts=False, is_in_feed=False)},
        muted=set(),
        blocked=set(),
        blocked_by=set(),
    )


async def test_an_anonymous_viewer_and_no_accounts_cost_no_command(
    storage: Storage, world: World, commands: Commands
) -> None:
    ann = await world.make_user()
    with commands.during() as sent:
        assert await storage.viewpoints.read(None, {ann.id}) == Viewpoint()
        assert await storage.viewpoints.read_relations(None, {ann.id}) == Viewpoint()
        assert await storage.viewpoints.read(ann.id, set()) == Viewpoint(viewer=ann.id)
        assert await storage.viewpoints.read_relations(ann.id, set()) == Viewpoint(viewer=ann.id)
    assert sent == []


async def test_relations_with_accounts_are_read_from_the_index_alone(
    storage: Storage, world: World, commands: Commands
) -> None:
    ann = await world.make_user()
    crowd = await make_crowd(storage, 100)
    for other in crowd:
        await relate(storage, ann, other, RelationKind.MUTE)
    with commands.during() as sent:
        view = await storage.viewpoints.read_relations(ann.id, {user.id for user in crowd[:10]})
    assert view.muted == {user.id for user in crowd[:10]}
    (plan,) = [await explain(storage, command) for command in sent]
    assert plan.documents == 0
    assert plan.keys <= 21
