import type { ClientSession, NodeId } from 'node-opcua';
import type { ErrorCode } from '../../../../kernel/error-catalogue.ts';
import type {
  AlarmDescription,
  CommandDescription,
  DeviceDescription,
  ParameterDescription,
  PlaceDescription,
  PlantDescription,
  SignalDescription,
  Value,
} from '../../../../kernel/plant-contract.ts';
import { ucumOf } from '../engineering-units.ts';
import { NAMESPACES, STANDING_NAMES } from '../names.ts';
import type { Opcua } from '../opcua-module.ts';
import { STANDING_SIGNALS } from '../port.ts';
import { type BrowsedNode, browseChildren, readAttribute } from './browse.ts';

/** Where a signal is read and, when it is an input, written. */
export interface SignalAddress {
  readonly nodeId: NodeId;
  readonly signal: SignalDescription;
}

export interface CommandAddress {
  readonly objectId: NodeId;
  readonly methodId: NodeId;
  readonly command: CommandDescription;
  /** Built-in data type of each argument. */
  readonly argumentTypes: readonly number[];
}

/** A plant as found by browsing, and where its parts are. */
export interface PlantMap {
  readonly description: PlantDescription;
  /** By `device.signal`; the signals that every device has are among them. */
  readonly signals: ReadonlyMap<string, SignalAddress>;
  /** By `device.command`. */
  readonly commands: ReadonlyMap<string, CommandAddress>;
  /** Text variable with the last refusal, by device. */
  readonly refusals: ReadonlyMap<string, NodeId>;
  /** Members of the `Simulation` object by name. */
  readonly simulation: ReadonlyMap<string, NodeId>;
  readonly simulationObject: NodeId;
}

const HIERARCHICAL = 'HierarchicalReferences';
const OPTIONAL_ARGUMENT = 'i=131';

/** A node with what is below it, as deep as it was browsed. */
interface Tree extends BrowsedNode {
  readonly children: Tree[];
}

/**
 * Finds the plant behind a session by walking from the DI `DeviceSet` and the `Simulation` object.
 *
 * @throws Error when the server is not one that serves a plant
 */
export async function mapPlant(opcua: Opcua, session: ClientSession): Promise<PlantMap> {
  const namespaces = await session.readNamespaceArray();
  const index = (uri: string): number => {
    const found = namespaces.indexOf(uri);
    if (found < 0) throw new Error(`the OPC UA server has no namespace ${uri}: it serves no plant`);
    return found;
  };
  const di = index(NAMESPACES.di);
  const lads = index(NAMESPACES.lads);
  const simulationObject = opcua.resolveNodeId(`ns=${index(NAMESPACES.simulation)};s=Simulation`);

  const expand = async (
    trees: readonly Tree[],
    referenceTypeId = HIERARCHICAL,
  ): Promise<Tree[]> => {
    const found = await browseChildren(
      opcua,
      session,
      trees.map((tree) => tree.nodeId),
      referenceTypeId,
    );
    return found.flatMap((nodes, i) => {
      const below = nodes.map((node): Tree => ({ ...node, children: [] }));
      trees[i]?.children.push(...below);
      return below;
    });
  };
  const root = (nodeId: NodeId): Tree => ({
    nodeId,
    name: '',
    namespaceIndex: 0,
    displayName: '',
    isMethod: false,
    typeDefinition: '',
    referenceType: '',
    children: [],
  });
  const named = (trees: readonly Tree[], name: string): Tree[] =>
    trees.filter((tree) => tree.name === name);

  const deviceSet = root(opcua.resolveNodeId(`ns=${di};i=5001`));
  const devices = (await expand([deviceSet])).filter(
    (tree) => tree.typeDefinition === `ns=${lads};i=1002`,
  );
  const members = await expand(devices);
  const alarms = members.filter((tree) => tree.typeDefinition === 'i=10637');
  const alarmParts = await expand(alarms);
  const units = await expand(named(members, 'FunctionalUnitSet'));
  const unitParts = await expand(
    units.filter((unit) => unit.typeDefinition === `ns=${lads};i=1003`),
  );
  const functions = (await expand(named(unitParts, 'FunctionSet'))).filter(
    (tree) => tree.name !== 'NodeVersion',
  );
  const functionParts = await expand(functions);
  const values = functionParts.filter((tree) => /^(SensorValue|TargetValue)$/.test(tree.name));
  const valueProperties = await expand(values);
  const methods = units.flatMap((unit) => unit.children.filter((tree) => tree.isMethod));
  const methodProperties = await expand(methods);
  const described = await expand(methods, 'HasArgumentDescription');
  const argumentProperties = await expand(described);
  const simulation = root(simulationObject);
  const simulationParts = await expand([simulation]);

  const contents = await readContents();

  async function readContents() {
    const variables = [
      ...members,
      ...alarmParts,
      ...valueProperties,
      ...methodProperties,
      ...described,
      ...argumentProperties,
      ...simulationParts,
    ];
    const texts = [...devices, ...functions, ...methods, ...alarms];
    const dataTypes = [...values, ...described];
    const { AttributeIds } = opcua;
    const ids = (trees: readonly Tree[]): NodeId[] => trees.map((tree) => tree.nodeId);
    const keys = (trees: readonly Tree[]): string[] => trees.map((tree) => tree.nodeId.toString());
    const [read, descriptions, types] = [
      await readAttribute(session, ids(variables), AttributeIds.Value),
      await readAttribute(session, ids(texts), AttributeIds.Description),
      await readAttribute(session, ids(dataTypes), AttributeIds.DataType),
    ];
    return {
      values: new Map(keys(variables).map((key, i) => [key, read[i]?.value.value as unknown])),
      descriptions: new Map(
        keys(texts).map((key, i) => [key, textOf(descriptions[i]?.value.value)] as const),
      ),
      dataTypes: new Map(
        keys(dataTypes).map((key, i) => [key, (types[i]?.value.value as NodeId).value as number]),
      ),
    };
  }

  const valueOf = (tree: Tree | undefined): unknown =>
    tree === undefined ? undefined : contents.values.get(tree.nodeId.toString());
  const childValue = (tree: Tree, name: string): unknown =>
    valueOf(tree.children.find((child) => child.name === name));
  const descriptionOf = (tree: Tree): string =>
    contents.descriptions.get(tree.nodeId.toString()) ?? '';

  const signals = new Map<string, SignalAddress>();
  const commands = new Map<string, CommandAddress>();
  const refusals = new Map<string, NodeId>();

  function describeSignal(tree: Tree, functionalUnit: string): SignalAddress | undefined {
    const value = tree.children.find((child) => /^(SensorValue|TargetValue)$/.test(child.name));
    if (value === undefined) return undefined;
    const shape = shapeOf(value, contents.dataTypes.get(value.nodeId.toString()) ?? 0);
    const resolution = childValue(value, 'Resolution') as number | undefined;
    return {
      nodeId: value.nodeId,
      signal: {
        name: tree.name,
        title: tree.displayName,
        description: descriptionOf(tree),
        direction: value.name === 'TargetValue' ? 'input' : 'output',
        functionalUnit,
        ...shape,
        ...(resolution === undefined ? {} : { resolution }),
      },
    };
  }

  /** Kind, unit, range and values of a variable, from its data type and properties. */
  function shapeOf(
    value: Tree,
    dataType: number,
  ): Pick<SignalDescription, 'kind' | 'unit' | 'range' | 'values'> {
    const unit = childValue(value, 'EngineeringUnits') as
      | { namespaceUri: string; unitId: number; description: unknown }
      | undefined;
    const range = childValue(value, 'EURange') as { low: number; high: number } | undefined;
    const values = childValue(value, 'EnumStrings') as readonly unknown[] | undefined;
    const common = {
      unit:
        unit === undefined
          ? ''
          : ucumOf({
              namespaceUri: unit.namespaceUri,
              unitId: unit.unitId,
              description: textOf(unit.description),
            }),
      ...(range === undefined ? {} : { range: [range.low, range.high] as const }),
    };
    if (values !== undefined) return { kind: 'enum', ...common, values: values.map(textOf) };
    const { DataType } = opcua;
    if (dataType === DataType.Boolean) return { kind: 'boolean', ...common };
    if (dataType === DataType.String) return { kind: 'text', ...common };
    const whole = childValue(value, 'ValuePrecision') === 0 || dataType !== DataType.Double;
    return { kind: whole ? 'integer' : 'number', ...common };
  }

  function describeCommand(tree: Tree, unit: Tree): CommandAddress {
    const argumentTrees = tree.children.filter((child) => described.includes(child));
    const types = argumentTrees.map(
      (argument) => contents.dataTypes.get(argument.nodeId.toString()) ?? 0,
    );
    return {
      objectId: unit.nodeId,
      methodId: tree.nodeId,
      argumentTypes: types,
      command: {
        name: tree.name,
        title: tree.displayName,
        description: descriptionOf(tree),
        execution: childValue(tree, 'Execution') as CommandDescription['execution'],
        functionalUnit: unit.name,
        parameters: argumentTrees.map((argument, i) => describeParameter(argument, types[i] ?? 0)),
        errors: (childValue(tree, 'Errors') as readonly ErrorCode[] | null) ?? [],
      },
    };
  }

  function describeParameter(argument: Tree, dataType: number): ParameterDescription {
    const raw = valueOf(argument);
    const usual = dataType === opcua.DataType.Int64 ? int64(raw) : (raw as Value);
    return {
      name: argument.name,
      title: argument.displayName,
      ...shapeOf(argument, dataType),
      ...(argument.referenceType === OPTIONAL_ARGUMENT ? { default: usual } : {}),
    };
  }

  function int64(raw: unknown): number {
    return Number(opcua.Int64ToBigInt(raw as [number, number]));
  }

  function describeAlarm(tree: Tree): AlarmDescription {
    return {
      name: tree.name,
      title: tree.displayName,
      priority: childValue(tree, 'Priority') as AlarmDescription['priority'],
      latching: childValue(tree, 'Latching') === true,
      cause: String(childValue(tree, 'Cause') ?? ''),
      action: String(childValue(tree, 'OperatorAction') ?? ''),
    };
  }

  function describeDevice(tree: Tree): DeviceDescription {
    const id = tree.name;
    const deviceUnits = tree.children.flatMap((child) =>
      child.name === 'FunctionalUnitSet' ? child.children : [],
    );
    const found = deviceUnits.flatMap((unit) =>
      named(unit.children, 'FunctionSet')
        .flatMap((set) => set.children)
        .map((node) => describeSignal(node, unit.name))
        .filter((address) => address !== undefined),
    );
    const invocable = deviceUnits.flatMap((unit) =>
      unit.children
        .filter((child) => methods.includes(child))
        .map((method) => describeCommand(method, unit)),
    );
    for (const address of found) signals.set(`${id}.${address.signal.name}`, address);
    for (const address of invocable) commands.set(`${id}.${address.command.name}`, address);
    for (const child of tree.children) {
      if (child.name === 'LastRefusal') refusals.set(id, child.nodeId);
      const standing = STANDING_SIGNALS.find((name) => STANDING_NAMES[name] === child.name);
      if (standing !== undefined) {
        signals.set(`${id}.${standing}`, {
          nodeId: child.nodeId,
          signal: standingSignal(standing),
        });
      }
    }
    return {
      id,
      type: String(childValue(tree, 'DeviceClass') ?? ''),
      title: tree.displayName,
      description: descriptionOf(tree),
      zone: String(childValue(tree, 'HierarchicalLocation') ?? ''),
      identity: {
        manufacturer: textOf(childValue(tree, 'Manufacturer')),
        model: textOf(childValue(tree, 'Model')),
        serial: String(childValue(tree, 'SerialNumber') ?? ''),
        firmware: String(childValue(tree, 'SoftwareRevision') ?? ''),
      },
      signals: found.map(({ signal }) => signal),
      commands: invocable.map(({ command }) => command),
      alarms: tree.children.filter((child) => alarms.includes(child)).map(describeAlarm),
      places: JSON.parse(String(childValue(tree, 'Places') ?? '[]')) as PlaceDescription[],
      body: String(childValue(tree, 'Body') ?? ''),
      home: String(childValue(tree, 'Home') ?? ''),
      position: positionIn(String(childValue(tree, 'Position') ?? '[]')),
    };
  }

  const epoch = Number(childValue(simulation, 'EpochMicros'));
  return {
    description: {
      scene: String(childValue(simulation, 'Scene')),
      title: String(childValue(simulation, 'Title')),
      epochUnixMicros: epoch,
      devices: devices.map(describeDevice),
    },
    signals,
    commands,
    refusals,
    simulation: new Map(simulationParts.map((part) => [part.name, part.nodeId])),
    simulationObject,
  };
}

function standingSignal(name: string): SignalDescription {
  return {
    name,
    title: name,
    description: '',
    kind: name === 'operationId' ? 'integer' : 'text',
    direction: 'output',
    functionalUnit: '',
    unit: '',
  };
}

/** Text of a LocalizedText, or of a string. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return (value as { readonly text?: string | null } | null | undefined)?.text ?? '';
}

/** Position [m] of a device as the server writes it. */
function positionIn(text: string): DeviceDescription['position'] {
  const [x = 0, y = 0, z = 0] = JSON.parse(text) as readonly number[];
  return [x, y, z];
}
