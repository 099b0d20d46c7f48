"""Drives one spin of a centrifuge with asyncua, knowing nothing but the LADS standard, the type of
the device and the names of its commands. Usage: wash_cycle.py opc.tcp://host:port [device type]"""

import asyncio
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


async def main(url, device_type):
    async with Client(url) as client:
        di = await client.get_namespace_index(DI)
        lads = await client.get_namespace_index(LADS)
        plant = await client.get_namespace_index(PLANT)
        simulation = await client.get_namespace_index(SIMULATION)

        devices = await find_devices(client, di, lads)
        check(devices, f"{len(devices)} LADS devices under DeviceSet")
        found = None
        for name, node in devices.items():
            manufacturer = await (await child(node, di, "Manufacturer")).read_value()
            if "SIMULATED" not in manufacturer.Text:
                check(False, f"{name} says that it is SIMULATED")
            if await (await child(node, di, "DeviceClass")).read_value() == device_type:
                found = found or name
        check(found, f"a device of type {device_type}: {found}")
        device = devices[found]

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

        methods = await find_methods(device, lads)
        check({"openLid", "closeLid", "spin"} <= methods.keys(), f"methods {', '.join(methods)}")

        async def run(name, given=None):
            changes.values.pop(operation.nodeid, None)
            number = await call(methods, name, given)

            async def ended():
                while True:
                    state = await operation.read_value()
                    if state != "running" and await operation_id.read_value() == number:
                        return state
                    await asyncio.sleep(0.05)

            state = await asyncio.wait_for(ended(), WAIT_SECONDS)
            error = await (await child(device, plant, "OperationError")).read_value()
            check(state == "completed", f"{name}: operation {number} is {state} {error}")

        await run("openLid")
        try:
            await call(methods, "spin")
        except ua.UaStatusCodeError as refused:
            code = ua.StatusCode(refused.code).name
            reason = await (await child(device, plant, "LastRefusal")).read_value()
            check(code == "BadInvalidState" and reason.startswith("LID_OPEN"), f"spin refused: {code}, {reason}")
        else:
            check(False, "spin with an open lid is refused")
        await run("closeLid")
        await run("spin", {"duration": 1.0})

        await changes.wait(operation, lambda value: value == "completed", "the end of the spin by subscription")
        states = [value for value, _ in changes.values.get(operation.nodeid, [])]
        check("completed" in states, f"operation states arrived by subscription: {', '.join(states)}")
        stamps = [data.SourceTimestamp for _, data in changes.values[clock.nodeid]]
        check(stamps == sorted(stamps), f"{len(stamps)} source timestamps in simulated time, in order")
        await subscription.delete()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "centrifuge"))
