"""A control engineer's first test: asyncua at the real endpoint, the plant in lockstep.

Run it with ``pip install ./clients/python asyncua pytest`` and ``pytest examples``.
"""

import asyncio
from pathlib import Path

import pytest
from asyncua import Client, ua
from doppel_bench import start_plant_async

SCENE = str(Path(__file__).resolve().parents[1] / "scenes" / "expansion-suite.yaml")


def test_lid_opens_and_a_spin_with_an_open_lid_is_refused():
    async def scenario():
        async with await start_plant_async(SCENE, seed=1) as plant:
            async with Client(plant.endpoints.opcua) as client:
                ns = await client.get_namespace_index("urn:doppel:plant")
                lads = await client.get_namespace_index("http://opcfoundation.org/UA/LADS/")
                centrifuge = client.get_node(ua.NodeId("centrifuge-1", ns))
                unit = await centrifuge.get_child([f"{lads}:FunctionalUnitSet", f"{ns}:Main"])
                await unit.call_method(f"{ns}:openLid")
                await plant.expect_within("1 min", "centrifuge-1.lid == open")
                with pytest.raises(ua.UaStatusCodeError, match="BadInvalidState"):
                    await unit.call_method(f"{ns}:spin", 300.0, 10.0, "full")

    asyncio.run(scenario())


@pytest.mark.plant(SCENE)
def test_centrifuge_that_breaks_down_says_so(plant):
    plant.fault("centrifuge-1", "breakdown")
    plant.expect_within("1 min", "alarm centrifuge-1")
    plant.fault("centrifuge-1", "breakdown", active=False)
    plant.expect_never("10 min", "event device.operation.failed centrifuge-1")
