"""Washes a bottle with asyncua, knowing nothing but the LADS standard and the names of devices, places
and commands: browses, reads units, subscribes, calls methods, is refused, takes the plant through a
wash cycle. Usage: wash_cycle.py opc.tcp://host:port"""

import asyncio
import json
import sys
from datetime import datetime, timedelta

from asyncua import Client, ua

DI = "http://opcfoundation.org/UA/DI/"
LADS = "http://opcfoundation.org/UA/LADS/"
PLANT = "urn:doppel:plant"
SIMULATION = "urn:doppel:simulation"
HAS_ARGUMENT_DESCRIPTION = ua.NodeId(129)
WAIT_SECONDS = 60


def check(condition, message):
    if not condition:
        raise SystemExit(f"FAILED: {message}")
    print(f"ok: {message}")


class Changes:
    """Values that arrived by subscription, by node."""

    def __init__(self):
        self.values = {}
        self.arrived = asyncio.Event()

    def datachange_notification(self, node, value, data):
        self.values.setdefault(node.nodeid, []).append((value, data.monitored_item.Value))
        self.arrived.set()

    async def wait(self, node, condition, what):
        async def loop():
            while not any(condition(value) for value, _ in self.values.get(node.nodeid, [])):
                self.arrived.clear()
                await self.arrived.wait()

        try:
            await asyncio.wait_for(loop(), WAIT_SECONDS)
        except asyncio.TimeoutError:
            check(False, f"{what} within {WAIT_SECONDS} s")


async def child(node, namespace, *names):
    return await node.get_child([f"{namespace}:{name}" for name in names])


async def find_devices(client, di, lads):
    device_set = client.get_node(ua.NodeId(5001, di))
    devices = {}
    for node in await device_set.get_children():
        if await node.read_type_definition() == ua.NodeId(1002, lads):
            devices[(await node.read_browse_name()).Name] = node
    return devices


async def find_methods(device, lads):
    """Methods of all functional units by name: (unit, method)."""
    methods = {}
    for unit in await (await child(device, lads, "FunctionalUnitSet")).get_children(nodeclassmask=ua.NodeClass.Object):
        for method in await unit.get_methods():
            methods[(await method.read_browse_name()).Name] = (unit, method)
    return methods


async def call(methods, name, given=None):
    """Calls a command; arguments not given take the value or the low limit of their description."""
    unit, method = methods[name]
    arguments = []
    descriptions = await method.get_references(HAS_ARGUMENT_DESCRIPTION, ua.BrowseDirection.Forward)
    for reference in descriptions:
        node = type(method)(method.session, reference.NodeId)
        argument = reference.BrowseName.Name
        variant = (await node.read_data_value(raise_on_bad_status=False)).Value
        value = variant.Value
        variant_type = ua.VariantType((await node.read_data_type()).Identifier)
        if given and argument in given:
            value = given[argument]
        elif value is None:
            value = (await (await node.get_child("0:EURange")).read_value()).Low
        arguments.append(ua.Variant(value, variant_type))
    return await unit.call_method(method, *arguments)


class Plant:
    """Commands as methods of LADS devices; an operation has ended when its device says so."""

    def __init__(self, devices, plant, lads):
        self.devices = devices
        self.plant = plant
        self.lads = lads
        self.methods = {}

    async def signal(self, device, name):
        return await child(self.devices[device], self.plant, name)

    async def start(self, device, command, **given):
        if device not in self.methods:
            self.methods[device] = await find_methods(self.devices[device], self.lads)
        return await call(self.methods[device], command, given)

    async def run(self, device, command, **given):
        number = await self.start(device, command, **given)
        state = await self.signal(device, "OperationState")
        operation = await self.signal(device, "OperationId")

        async def ended():
            while True:
                now = await state.read_value()
                if now != "running" and await operation.read_value() == number:
                    return now
                await asyncio.sleep(0.02)

        outcome = await asyncio.wait_for(ended(), WAIT_SECONDS)
        error = await (await self.signal(device, "OperationError")).read_value()
        what = ", ".join(str(value) for value in given.values())
        check(outcome == "completed", f"{device} {command} {what}: operation {number} is {outcome} {error}")

    async def refused(self, device, command, code, reason, **given):
        try:
            await self.start(device, command, **given)
        except ua.UaStatusCodeError as refusal:
            name = ua.StatusCode(refusal.code).name
            said = await (await self.signal(device, "LastRefusal")).read_value()
            check(name == code and said.startswith(reason), f"{device} {command} refused: {name}, {said}")
        else:
            check(False, f"{device} {command} is refused")

    async def carry(self, source, target):
        await self.run("robot", "pick", place=source)
        await self.run("robot", "place", place=target)

    async def carry_uncapped(self, source, target):
        await self.carry(source, "decapper.head")
        await self.run("decapper", "uncap")
        await self.carry("decapper.head", target)

    async def carry_capped(self, source, target):
        await self.carry(source, "decapper.head")
        await self.run("decapper", "cap")
        await self.carry("decapper.head", target)


async def wash(plant):
    """Two bottles of alike weight are spun, the supernatant of one is replaced by fresh buffer."""
    await plant.carry_uncapped("rack-1.rack4", "liquid-handler.deck1")
    await plant.carry_uncapped("rack-1.rack1", "liquid-handler.deck2")
    await plant.run("liquid-handler", "transfer", **{"from": "deck1", "to": "deck2", "volume": 50.0})
    await plant.run("centrifuge", "openLid")
    await plant.carry_capped("liquid-handler.deck1", "centrifuge.bucket1")
    await plant.refused("centrifuge", "spin", "BadInvalidState", "LID_OPEN")
    await plant.run("centrifuge", "closeLid")
    await plant.refused("centrifuge", "spin", "BadInvalidState", "IMBALANCE")
    await plant.run("centrifuge", "openLid")
    await plant.carry_capped("liquid-handler.deck2", "centrifuge.bucket3")
    await plant.run("centrifuge", "closeLid")
    await plant.run("centrifuge", "spin", acceleration=300.0, duration=5.0)
    await plant.run("centrifuge", "openLid")
    await plant.carry_uncapped("centrifuge.bucket1", "liquid-handler.deck1")
    await plant.run("liquid-handler", "discard", **{"from": "deck1", "volume": 40.0, "layer": "supernatant"})
    await plant.run("media-fridge", "openDoor")
    await plant.carry_uncapped("media-fridge.shelf1", "liquid-handler.deck3")
    await plant.run("media-fridge", "closeDoor")
    await plant.run("liquid-handler", "transfer", **{"from": "deck3", "to": "deck1", "volume": 40.0})
    await plant.run("liquid-handler", "mix", place="deck1", cycles=10)
    await plant.carry("liquid-handler.deck1", "balance.pan")
    await plant.run("balance", "weigh")
    result = json.loads(await (await plant.signal("balance", "OperationResult")).read_value())
    check(90 < result["gross"] < 110, f"the washed bottle weighs {result['gross']} g, 50 mL and the bottle")


class Conditions:
    """Alarm events as they arrive."""

    def __init__(self):
        self.arrived = asyncio.Queue()

    def event_notification(self, event):
        self.arrived.put_nowait(event)

    async def wait(self, condition, holds, what):
        async def loop():
            while True:
                event = await self.arrived.get()
                if (event.SourceName, event.ConditionName) == condition and holds(event):
                    return event

        try:
            return await asyncio.wait_for(loop(), WAIT_SECONDS)
        except asyncio.TimeoutError:
            check(False, f"{what} within {WAIT_SECONDS} s")


async def handle_alarm(client, plant):
    """Leaves the door of the fridge open until it complains, acknowledges, and shuts it."""
    conditions = Conditions()
    subscription = await client.create_subscription(50, conditions)
    alarm_type = client.get_node(ua.ObjectIds.AlarmConditionType)
    await subscription.subscribe_alarms_and_conditions(client.nodes.server, alarm_type)
    await plant.run("media-fridge", "openDoor")
    door = ("media-fridge", "doorOpen")
    event = await conditions.wait(door, lambda e: getattr(e, "ActiveState/Id"), "the alarm of an open door")
    check(not getattr(event, "AckedState/Id"), f"alarm {event.ConditionName}, severity {event.Severity}: {event.Message.Text}")
    condition = client.get_node(event.NodeId)
    acknowledge = client.get_node(ua.ObjectIds.AcknowledgeableConditionType_Acknowledge)
    await condition.call_method(acknowledge.nodeid, ua.Variant(event.EventId, ua.VariantType.ByteString), ua.LocalizedText("seen"))
    event = await conditions.wait(door, lambda e: getattr(e, "AckedState/Id"), "the acknowledgement")
    check(getattr(event, "ActiveState/Id"), "the alarm is acknowledged and still active")
    await plant.run("media-fridge", "closeDoor")
    event = await conditions.wait(door, lambda e: not getattr(e, "ActiveState/Id"), "the end of the alarm")
    print("ok: the alarm ends when the door is shut")
    await subscription.delete()


async def main(url):
    async with Client(url) as client:
        di = await client.get_namespace_index(DI)
        lads = await client.get_namespace_index(LADS)
        plant = await client.get_namespace_index(PLANT)
        simulation = await client.get_namespace_index(SIMULATION)

        devices = await find_devices(client, di, lads)
        check(devices, f"{len(devices)} LADS devices under DeviceSet")
        for name, node in devices.items():
            manufacturer = await (await child(node, di, "Manufacturer")).read_value()
            if "SIMULATED" not in manufacturer.Text:
                check(False, f"{name} says that it is SIMULATED")
        device = devices["centrifuge"]
        kind = await (await child(device, di, "DeviceClass")).read_value()
        check(kind == "centrifuge", f"every device is SIMULATED, one is of type {kind}")

        count = 0
        shown = None
        speed = None
        for node in devices.values():
            for unit in await (await child(node, lads, "FunctionalUnitSet")).get_children(nodeclassmask=ua.NodeClass.Object):
                for function in await (await child(unit, lads, "FunctionSet")).get_children(nodeclassmask=ua.NodeClass.Object):
                    values = [
                        part
                        for part in await function.get_children()
                        if (await part.read_browse_name()).Name in ("SensorValue", "TargetValue")
                    ]
                    for value in values:
                        parts = {(await p.read_browse_name()).Name: p for p in await value.get_properties()}
                        if "EngineeringUnits" not in parts:
                            continue
                        unit_of = await parts["EngineeringUnits"].read_value()
                        limits = await parts["EURange"].read_value()
                        if limits.Low >= limits.High:
                            check(False, f"range of {value} is not empty")
                        count += 1
                        if node is device and speed is None and unit_of.DisplayName.Text:
                            speed = value
                            shown = f"{unit_of.DisplayName.Text}, {limits.Low:g} to {limits.High:g}"
        check(count > 0 and speed is not None, f"{count} analog values with unit and range, one is in {shown}")

        clock = client.get_node(ua.NodeId("Simulation.SimulatedDateTime", simulation))
        before = await clock.read_value()
        server_time = await client.get_node(ua.NodeId(2258)).read_value()
        check(
            abs(server_time - before) < timedelta(days=1) and isinstance(before, datetime),
            f"ServerStatus.CurrentTime is simulated time ({server_time.isoformat()})",
        )

        operation = await child(device, plant, "OperationState")
        operation_id = await child(device, plant, "OperationId")
        changes = Changes()
        subscription = await client.create_subscription(50, changes)
        await subscription.subscribe_data_change([operation, operation_id, speed, clock])
        await changes.wait(clock, lambda value: value > before, "simulated time arrives by subscription")
        print("ok: simulated time arrives by subscription")

        washing = Plant(devices, plant, lads)
        await wash(washing)
        await handle_alarm(client, washing)

        states = [value for value, _ in changes.values.get(operation.nodeid, [])]
        check("completed" in states, f"operation states arrived by subscription: {', '.join(states)}")
        stamps = [data.SourceTimestamp for _, data in changes.values[clock.nodeid]]
        check(stamps == sorted(stamps), f"{len(stamps)} source timestamps in simulated time, in order")
        await subscription.delete()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
