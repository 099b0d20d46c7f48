import type {
  AddressSpace,
  DataValue,
  Namespace,
  UAMethod,
  UAObject,
  UAObjectType,
  UAVariable,
  VariantOptions,
} from 'node-opcua';
import type { Value } from '../../../kernel/plant-contract.ts';
import type { Cell } from './cells.ts';
import type {
  AddressSpacePlan,
  ArgumentPlan,
  DevicePlan,
  FunctionPlan,
  FunctionalUnitPlan,
  MethodPlan,
} from './derive.ts';
import type { EngineeringUnit } from './engineering-units.ts';
import { LAST_REFUSAL, NAMESPACES, STANDING_NAMES } from './names.ts';
import type { Opcua } from './opcua-module.ts';

/** Nodes of one device that the server keeps working on after the build. */
export interface DeviceNodes {
  readonly plan: DevicePlan;
  readonly object: UAObject;
  readonly functionalUnitSet: UAObject;
  readonly lastRefusal: UAVariable;
  readonly health: UAVariable | undefined;
}

export interface BuiltMethod {
  readonly device: DeviceNodes;
  readonly plan: MethodPlan;
  readonly node: UAMethod;
}

export interface BuiltInput {
  readonly device: DeviceNodes;
  readonly plan: FunctionPlan;
  readonly cell: Cell;
}

/** What stands below a device's functional units. */
export interface FunctionalUnits {
  readonly units: ReadonlyMap<string, UAObject>;
  /** Subscribed variables. */
  readonly cells: readonly Cell[];
  /** Variables that LADS demands besides: raw values of sensors, current values of set-points. */
  readonly mirrors: readonly Cell[];
  readonly methods: readonly BuiltMethod[];
  readonly inputs: readonly BuiltInput[];
}

export interface BuiltAddressSpace {
  readonly namespace: Namespace;
  readonly devices: readonly DeviceNodes[];
  /** Subscribed variables of the devices themselves. */
  readonly cells: readonly Cell[];
  /** Adds the functional units of a device, with all that they hold; to be called once. */
  addFunctionalUnits(device: DeviceNodes): FunctionalUnits;
}

/**
 * Puts the devices of a plan under the DI `DeviceSet`. Their functional units are most of the nodes and
 * are added one by one.
 */
export function buildAddressSpace(
  opcua: Opcua,
  addressSpace: AddressSpace,
  plan: AddressSpacePlan,
): BuiltAddressSpace {
  const { namespace, addDevice, addFunctionalUnits } = createBuilder(opcua, addressSpace);
  const cells: Cell[] = [];
  const devices = plan.devices.map((device) => addDevice(device, cells));
  return { namespace, devices, cells, addFunctionalUnits };
}

/** {@link FunctionalUnits} while they are being added. */
interface Growing {
  readonly device: DeviceNodes;
  readonly units: Map<string, UAObject>;
  readonly cells: Cell[];
  readonly mirrors: Cell[];
  readonly methods: BuiltMethod[];
  readonly inputs: BuiltInput[];
}

function createBuilder(opcua: Opcua, addressSpace: AddressSpace) {
  const { DataType } = opcua;
  const lads = addressSpace.getNamespaceIndex(NAMESPACES.lads);
  const di = addressSpace.getNamespaceIndex(NAMESPACES.di);
  const namespace = addressSpace.registerNamespace(NAMESPACES.plant);
  const deviceSet = addressSpace.findNode(`ns=${di};i=5001`) as UAObject;

  const ladsType = (name: string): UAObjectType => {
    const found = addressSpace.findObjectType(name, lads);
    if (found === null) throw new Error(`the LADS nodeset has no type ${name}`);
    return found;
  };
  const deviceType = ladsType('LADSDeviceType');
  const unitType = ladsType('FunctionalUnitType');
  const textTypes: Readonly<Record<string, UAObjectType>> = {
    TextSensorFunctionType: addTextType(
      'TextSensorFunctionType',
      'BaseSensorFunctionType',
      'SensorValue',
    ),
    TextControlFunctionType: addTextType(
      'TextControlFunctionType',
      'BaseControlFunctionType',
      'TargetValue',
    ),
  };

  function addTextType(name: string, base: string, valueName: string): UAObjectType {
    const type = namespace.addObjectType({ browseName: name, subtypeOf: ladsType(base) });
    namespace.addVariable({
      browseName: valueName,
      componentOf: type,
      dataType: DataType.String,
      modellingRule: 'Mandatory',
      minimumSamplingInterval: 0,
    });
    return type;
  }

  function child(object: { getChildByName(name: string): unknown }, name: string): UAVariable {
    const found = object.getChildByName(name);
    if (found === null) throw new Error(`a LADS node lacks its ${name}`);
    return found as UAVariable;
  }

  function addProperty(
    parent: UAObject | UAVariable | UAMethod,
    name: string,
    value: VariantOptions & { dataType: number },
    namespaceIndex = namespace.index,
  ): void {
    namespace.addVariable({
      browseName: { name, namespaceIndex },
      propertyOf: parent,
      dataType: value.dataType,
      value,
      accessLevel: 'CurrentRead',
      userAccessLevel: 'CurrentRead',
      ...(value.arrayType === undefined ? {} : { valueRank: 1 }),
    });
  }

  const text = (value: string) => ({ dataType: DataType.String, value });
  const localized = (value: string) => ({
    dataType: DataType.LocalizedText,
    value: { text: value },
  });
  const strings = (values: readonly string[]) => ({
    dataType: DataType.String,
    arrayType: opcua.VariantArrayType.Array,
    value: [...values],
  });
  const localizedStrings = (values: readonly string[]) => ({
    dataType: DataType.LocalizedText,
    arrayType: opcua.VariantArrayType.Array,
    value: values.map((value) => new opcua.LocalizedText({ text: value })),
  });
  const range = ([low, high]: readonly [number, number]) => ({
    dataType: DataType.ExtensionObject,
    value: new opcua.Range({ low, high }),
  });
  const unit = (u: EngineeringUnit) => ({
    dataType: DataType.ExtensionObject,
    value: addressSpace.constructExtensionObject(opcua.resolveNodeId('EUInformation'), {
      namespaceUri: u.namespaceUri,
      unitId: u.unitId,
      displayName: { text: u.displayName },
      description: { text: u.description },
    }),
  });

  function addDevice(plan: DevicePlan, cells: Cell[]): DeviceNodes {
    const { device } = plan;
    const object = deviceType.instantiate({
      namespace,
      browseName: { name: device.id, namespaceIndex: namespace.index },
      nodeId: `s=${device.id}`,
      componentOf: deviceSet,
      displayName: device.title,
      description: device.description,
      eventSourceOf: addressSpace.rootFolder.objects.server,
      optionals: ['DeviceHealth', 'DeviceClass', 'HierarchicalLocation'],
    });
    object.setEventNotifier(1);
    const identity = (parent: UAObject): void => {
      child(parent, 'Manufacturer').setValueFromSource(localized(device.identity.manufacturer));
      child(parent, 'Model').setValueFromSource(localized(device.identity.model));
      child(parent, 'SerialNumber').setValueFromSource(text(device.identity.serial));
      child(parent, 'SoftwareRevision').setValueFromSource(text(device.identity.firmware));
      child(parent, 'HardwareRevision').setValueFromSource(text('SIMULATED'));
      child(parent, 'DeviceRevision').setValueFromSource(text(device.identity.firmware));
      child(parent, 'DeviceManual').setValueFromSource(text(''));
      child(parent, 'RevisionCounter').setValueFromSource({ dataType: DataType.Int32, value: 1 });
      child(parent, 'AssetId').setValueFromSource(text(device.id));
      child(parent, 'ComponentName').setValueFromSource(localized(device.title));
      child(parent, 'ProductInstanceUri').setValueFromSource(
        text(`urn:doppel:device:${device.id}`),
      );
    };
    identity(object);
    identity(child(object, 'Identification') as unknown as UAObject);
    child(object, 'DeviceClass').setValueFromSource(text(device.type));
    child(object, 'HierarchicalLocation').setValueFromSource(text(device.zone));
    setState(object, 'DeviceState', 'Operate');
    // Where vessels can stand in it, and what it is as something that is moved itself.
    addProperty(object, 'Places', text(JSON.stringify(device.places)));
    addProperty(object, 'Body', text(device.body));
    addProperty(object, 'Home', text(device.home));
    addProperty(object, 'Position', text(JSON.stringify(device.position)));

    for (const standing of plan.standing) {
      const dataType = DataType[standing.wireType];
      const node = namespace.addVariable({
        browseName: STANDING_NAMES[standing.signal],
        componentOf: object,
        dataType,
        accessLevel: 'CurrentRead',
        userAccessLevel: 'CurrentRead',
        minimumSamplingInterval: 0,
      });
      cells.push({ node, index: standing.index, encode: (value) => ({ dataType, value }) });
    }
    const lastRefusal = namespace.addVariable({
      browseName: LAST_REFUSAL,
      componentOf: object,
      dataType: DataType.String,
      value: text(''),
      accessLevel: 'CurrentRead',
      userAccessLevel: 'CurrentRead',
      minimumSamplingInterval: 0,
    });
    const functionalUnitSet = child(object, 'FunctionalUnitSet') as unknown as UAObject;
    setNodeVersion(functionalUnitSet);
    const health = object.getChildByName('DeviceHealth') as UAVariable | null;
    health?.setValueFromSource({ dataType: DataType.Int32, value: 0 });
    return { plan, object, functionalUnitSet, lastRefusal, health: health ?? undefined };
  }

  function addFunctionalUnits(device: DeviceNodes): FunctionalUnits {
    const growing: Growing = {
      ...{ device, units: new Map(), cells: [], mirrors: [], methods: [], inputs: [] },
    };
    for (const plan of device.plan.functionalUnits) {
      growing.units.set(plan.name, addFunctionalUnit(growing, plan));
    }
    return growing;
  }

  /** Clients browse a set again when its version changes; ours never does. */
  function setNodeVersion(set: UAObject): void {
    const found = set.getChildByName('NodeVersion') as UAVariable | null;
    if (found === null) addProperty(set, 'NodeVersion', text('1'), 0);
    else found.setValueFromSource(text('1'));
  }

  function setState(parent: UAObject, machine: string, state: string): void {
    opcua.promoteToStateMachine(child(parent, machine) as unknown as UAObject).setState(state);
  }

  function addFunctionalUnit(growing: Growing, plan: FunctionalUnitPlan): UAObject {
    const object = unitType.instantiate({
      namespace,
      browseName: { name: plan.name, namespaceIndex: namespace.index },
      componentOf: growing.device.functionalUnitSet,
      optionals: ['FunctionSet'],
    });
    setState(object, 'FunctionalUnitState', 'Stopped');
    const functionSet = child(object, 'FunctionSet') as unknown as UAObject;
    setNodeVersion(functionSet);
    for (const functionPlan of plan.functions) addFunction(growing, functionSet, functionPlan);
    for (const methodPlan of plan.methods) addMethod(growing, object, methodPlan);
    return object;
  }

  function addFunction(growing: Growing, set: UAObject, plan: FunctionPlan): void {
    const { signal } = plan;
    const type = textTypes[plan.functionType] ?? ladsType(plan.functionType);
    const object = type.instantiate({
      namespace,
      browseName: { name: signal.name, namespaceIndex: namespace.index },
      componentOf: set,
      displayName: signal.title,
      description: signal.description,
    });
    child(object, 'IsEnabled').setValueFromSource({ dataType: DataType.Boolean, value: true });
    const node = child(object, plan.valueName);
    const cell: Cell = { node, index: plan.index, encode: encoderOf(plan) };
    describeValue(node, plan);
    node.minimumSamplingInterval = 0;
    const access = signal.direction === 'input' ? 'CurrentRead | CurrentWrite' : 'CurrentRead';
    node.accessLevel = opcua.makeAccessLevelFlag(access);
    node.userAccessLevel = opcua.makeAccessLevelFlag(access);
    growing.cells.push(cell);
    if (signal.direction === 'input') {
      growing.inputs.push({ device: growing.device, plan, cell });
      setState(object, 'ControlFunctionState', 'Running');
    }
    const mirror = object.getChildByName(
      signal.direction === 'input' ? 'CurrentValue' : 'RawValue',
    ) as UAVariable | null;
    if (mirror !== null) {
      describeValue(mirror, plan);
      mirror.accessLevel = opcua.makeAccessLevelFlag('CurrentRead');
      mirror.userAccessLevel = mirror.accessLevel;
      growing.mirrors.push({ ...cell, node: mirror });
    }
  }

  function describeValue(node: UAVariable, plan: FunctionPlan): void {
    const { signal } = plan;
    if (plan.functionType.startsWith('Analog')) {
      // The type demands a unit and a range; a pure number has the unit one.
      const shown = plan.unit ?? { namespaceUri: '', unitId: -1, displayName: '', description: '' };
      child(node, 'EngineeringUnits').setValueFromSource(unit(shown));
      if (signal.range !== undefined)
        child(node, 'EURange').setValueFromSource(range(signal.range));
      if (signal.kind === 'integer') {
        addProperty(node, 'ValuePrecision', { dataType: DataType.Double, value: 0 }, 0);
      }
      if (signal.resolution !== undefined) {
        addProperty(node, 'Resolution', { dataType: DataType.Double, value: signal.resolution });
      }
    } else if (signal.kind === 'enum') {
      child(node, 'EnumStrings').setValueFromSource(localizedStrings(signal.values ?? []));
    } else if (signal.kind === 'boolean') {
      child(node, 'FalseState').setValueFromSource(localized('false'));
      child(node, 'TrueState').setValueFromSource(localized('true'));
    }
  }

  function encoderOf(plan: FunctionPlan): (value: Value) => VariantOptions {
    const dataType = DataType[plan.wireType];
    if (plan.signal.kind !== 'enum') return (value) => ({ dataType, value });
    const places = new Map((plan.signal.values ?? []).map((name, place) => [name, place] as const));
    return (value) => ({ dataType, value: places.get(String(value)) ?? 0 });
  }

  function addMethod(growing: Growing, parent: UAObject, plan: MethodPlan): void {
    const { command } = plan;
    const node = namespace.addMethod(parent, {
      browseName: command.name,
      displayName: command.title,
      description: command.description,
      inputArguments: plan.arguments.map(({ parameter, wireType, text: words }) => ({
        name: parameter.name,
        dataType: DataType[wireType],
        valueRank: -1,
        description: { text: words },
      })),
      outputArguments: [
        {
          name: 'OperationId',
          dataType: DataType.UInt32,
          valueRank: -1,
          description: {
            text: "Number of the operation; the device's Operation variables follow it",
          },
        },
      ],
    });
    addProperty(node, 'Execution', text(command.execution));
    addProperty(node, 'Errors', strings(command.errors));
    for (const argument of plan.arguments) addArgument(node, argument);
    growing.methods.push({ device: growing.device, plan, node });
  }

  /** Argument metadata as OPC 10000-3 has it: a described variable per argument. */
  function addArgument(method: UAMethod, plan: ArgumentPlan): void {
    const { parameter } = plan;
    const dataType = DataType[plan.wireType];
    const usual = parameter.default;
    const node = namespace.addVariable({
      nodeId: `s=${String(method.nodeId.value)}-${parameter.name}`,
      browseName: parameter.name,
      displayName: parameter.title,
      description: plan.text,
      dataType,
      accessLevel: 'CurrentRead',
      userAccessLevel: 'CurrentRead',
      ...(usual === undefined
        ? {}
        : {
            value: {
              dataType,
              arrayType: opcua.VariantArrayType.Scalar,
              value: wireValue(plan, usual),
            },
          }),
    });
    method.addReference({
      referenceType:
        usual === undefined ? 'HasArgumentDescription' : 'HasOptionalInputArgumentDescription',
      nodeId: node,
    });
    if (plan.unit !== undefined) addProperty(node, 'EngineeringUnits', unit(plan.unit), 0);
    if (parameter.range !== undefined) addProperty(node, 'EURange', range(parameter.range), 0);
    if (parameter.kind === 'enum') {
      addProperty(node, 'EnumStrings', localizedStrings(parameter.values ?? []), 0);
    }
  }

  function wireValue(plan: ArgumentPlan, value: Value): unknown {
    return plan.wireType === 'Int64' ? opcua.coerceInt64(Number(value)) : value;
  }

  return { namespace, addDevice, addFunctionalUnits };
}

/** Binds the variables that are only read to the board's present values. */
export function bindMirrors(mirrors: readonly Cell[], snapshot: (cell: Cell) => DataValue): void {
  for (const cell of mirrors) {
    cell.node.bindVariable({ timestamped_get: () => snapshot(cell) }, true);
  }
}
