"""The package against a real plant: every verb, both ways."""

import asyncio
from pathlib import Path

import pytest
from doppel_bench import DoppelError, ExpectationError, RefusedError, start_plant, start_plant_async

SCENE = str(Path(__file__).resolve().parents[3] / "scenes" / "expansion-suite.yaml")
HOUR = 3600 * 10**6


@pytest.mark.plant(SCENE, seed=5)
def test_time_passes_as_far_as_it_is_granted(plant, tmp_path):
    assert plant.now() == 0
    assert plant.advance("10 s").time == 10 * 10**6
    assert plant.run_until(until="1 h").time == HOUR
    assert plant.step().time > HOUR
    reached = plant.run_until(condition="bioreactor-1.temperature > 0", until="2 h")
    assert reached.met and reached.time < 2 * HOUR
    plant.hold()
    plant.release()
    plant.set_time(mode="max", running=False)
    plant.set_time(mode="lockstep", running=True)


@pytest.mark.plant(SCENE)
def test_reads_commands_and_lets_things_go_wrong(plant):
    reading = plant.read(["bioreactor-1.ph"])["bioreactor-1.ph"]
    assert reading.quality == 0 and plant.value("bioreactor-1.ph") == reading.value
    assert plant.command("centrifuge-1", "openLid") == 1
    plant.expect_within("1 min", "event device.operation.completed centrifuge-1 openLid")
    plant.fault("pump-feed", "breakdown")
    (alarm,) = plant.alarms()
    plant.acknowledge(alarm["device"], alarm["alarm"], "seen")
    plant.expect_never("1 min", "alarm pump-feed cleared")
    plant.fault("pump-feed", "breakdown", active=False)
    assert [event["type"] for event in plant.events()].count("fault.ended") == 1
    plant.force("bioreactor-1", "temperature", 12.5)
    assert plant.read(["bioreactor-1.temperature"])["bioreactor-1.temperature"].quality == 3
    assert plant.value("bioreactor-1.temperature") == 12.5
    truth = plant.truth(["bioreactor-1.temperature"])
    assert truth["values"]["bioreactor-1.temperature"] > 15 and truth["forced"] == ["bioreactor-1.temperature"]
    plant.unforce("bioreactor-1", "temperature")
    assert plant.value("bioreactor-1.temperature") != 12.5
    plan = plant.fault("pump-feed", "breakdown", when="alarm centrifuge-1", lasts="10 s")
    plant.cancel(plan)
    plant.fault("pump-feed", "breakdown", at="1 h", lasts="10 s")
    assert plant.run_until(condition="event fault.began pump-feed").time == HOUR
    plant.run_until(condition="event fault.ended pump-feed")
    assert plant.now() == HOUR + 10 * 10**6
    with pytest.raises(ExpectationError, match="did not hold within 5 s"):
        plant.expect_within("5 s", "bioreactor-1.temperature > 99")
    with pytest.raises(RefusedError) as refused:
        plant.command("centrifuge-1", "dance")
    assert refused.value.code == "UNKNOWN_COMMAND"


@pytest.mark.plant(SCENE)
def test_watches_for_what_should_be_so(plant):
    plant.observe("warm", {"always": "bioreactor-1.temperature > 10"})
    plant.observe("lid", {"when": "centrifuge-1.lid == open", "then": "centrifuge-1.lid == closed", "within": "60 s"})
    plant.advance("1 min")
    assert [verdict["state"] for verdict in plant.verdicts()] == ["held", "idle"]
    plant.command("centrifuge-1", "openLid")
    plant.advance("5 min")
    with pytest.raises(ExpectationError, match="lid .* no answer within 60 s"):
        plant.expect_held()
    with pytest.raises(RefusedError, match="bioreactor-1 has no signal warmth"):
        plant.observe("wrong", {"always": "bioreactor-1.warmth > 10"})


def test_snapshot_restore_and_fork(tmp_path):
    with start_plant(SCENE, seed=2, snapshots=str(tmp_path)) as plant:
        plant.advance("1 h")
        before = plant.state_hash()
        path = plant.snapshot("one-hour")
        assert Path(path).parent == tmp_path
        fork = plant.fork()
        fork.fault("pump-feed", "breakdown")
        fork.advance("1 h")
        plant.advance("1 h")
        after = plant.state_hash()
        assert fork.state_hash() != after
        assert plant.restore(time="1 h").time == HOUR
        assert plant.state_hash() == before
        plant.advance("1 h")
        assert plant.state_hash() == after
        plant.restore(name="one-hour")
        assert plant.state_hash() == before
        with start_plant(path) as again:
            assert again.state_hash() == before


def test_asyncio():
    async def scenario():
        async with await start_plant_async(SCENE) as plant:
            assert (await plant.advance("3 s")).time == 3 * 10**6
            assert await plant.value("bioreactor-1.temperature") == pytest.approx(22, abs=30)
            with pytest.raises(ValueError, match="no duration"):
                await plant.expect_within("soon", "alarm")

    asyncio.run(scenario())


def test_what_cannot_be_started_says_why(tmp_path):
    with pytest.raises(DoppelError, match="exit code 2"):
        start_plant(str(tmp_path / "nothing.yaml"))
    with pytest.raises(DoppelError, match="could not be started"):
        start_plant(SCENE, command=["/nonexistent/doppel"])
