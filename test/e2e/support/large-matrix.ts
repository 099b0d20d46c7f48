import { composePose, IDENTITY_POSE, type Pose, quatFromYaw } from '../../../src/kernel/pose.ts';
import type { DeviceDescription, PlantDescription } from '../../../src/kernel/plant-contract.ts';
import {
  LIQUID_TINTS,
  VESSEL_FIELDS,
  VESSEL_STRIDE,
  type VesselShape,
  type ViewEquipment,
  type ViewScene,
  type ViewVessel,
} from '../../../src/kernel/view-contract.ts';

/** How many racks, and docks in each; types of modules in the order of docks, again and again. */
export interface MatrixOptions {
  readonly racks: number;
  readonly columns: number;
  readonly levels: number;
  readonly cassettes: number;
  readonly modules: readonly string[];
}

const PITCH = 0.65;
const LEVEL = 1.15;
const FLOOR = 0.1;
/** Distance of racks across an aisle, and back to back [m]. */
const ACROSS = 2.2;
const BACK = 1.1;
const SLOTS = 8;

/** Types of modules, in proportion. */
const MODULES = [
  ...Array.from({ length: 9 }, () => 'incubation-module'),
  'liquid-module',
  'magnet-module',
  'centrifuge-module',
  'centrifuge-module',
  'electroporation-module',
  'transduction-module',
  'measuring-module',
  'measuring-module',
  'fill-module',
  'freezer-module',
  'thaw-module',
];

/** 400 docks, 1000 cassettes. */
const LARGE: MatrixOptions = {
  racks: 10,
  columns: 20,
  levels: 2,
  cassettes: 1000,
  modules: MODULES,
};

const at = (x: number, y: number, z: number): Pose => ({
  position: [x, y, z],
  orientation: [0, 0, 0, 1],
});

/** Places of the types that hold something, in the device's frame. */
function placesOf(
  type: string,
  { columns, levels }: MatrixOptions,
): Readonly<Record<string, Pose>> {
  if (type === 'module-rack') {
    return Object.fromEntries(
      Array.from({ length: columns * levels }, (_, i) => {
        const x = ((i % columns) - (columns - 1) / 2) * PITCH;
        return [`dock${i + 1}`, at(x, 0, FLOOR + Math.floor(i / columns) * LEVEL)];
      }),
    );
  }
  if (type === 'incubation-module') {
    return Object.fromEntries([
      ['transfer', at(0, -0.18, 0.62)],
      ['connector', at(0, 0.02, 0.7)],
      ...Array.from({ length: SLOTS }, (_, i): [string, Pose] => [
        `slot${i + 1}`,
        at(i % 2 === 0 ? -0.135 : 0.135, -0.17, 0.08 + Math.floor(i / 2) * 0.122),
      ]),
    ]);
  }
  if (!type.endsWith('-module')) return {};
  return { transfer: at(0, -0.18, 0.62), connector: at(0, 0.02, 0.7) };
}

interface Placed {
  readonly options: MatrixOptions;
  readonly equipment: ViewEquipment[];
  readonly devices: DeviceDescription[];
  readonly vessels: ViewVessel[];
  readonly poses: Pose[];
  readonly holders: number[];
}

function addDevice(
  all: Placed,
  type: string,
  id: string,
  title: string,
  pose: Pose,
  body?: { readonly name: string; readonly kind: string; readonly holder: number },
): number {
  const index = all.equipment.length;
  const { columns, levels } = all.options;
  const size: Readonly<Record<string, readonly [number, number, number]>> = {
    'module-rack': [columns * PITCH, 0.75, FLOOR + levels * LEVEL],
    'cell-cassette': [0.26, 0.18, 0.1],
    'sterile-connector': [0.1, 0.1, 0.06],
  };
  all.equipment.push({
    id,
    type,
    title,
    zone: 'hall',
    pose,
    size: size[type] ?? [0.6, 0.7, 0.9],
    appearance: type === 'module-rack' ? { columns: columns, levels: levels } : {},
    channels: [],
    firstChannel: 0,
    places: Object.fromEntries(
      Object.entries(placesOf(type, all.options)).map(([name, place]) => [
        name,
        composePose(pose, place),
      ]),
    ),
    ...(body === undefined ? {} : { body: `${id}.${body.name}` }),
    faults: [{ name: 'breakdown', title: 'Break down', description: 'It stops.' }],
  });
  all.devices.push({
    id,
    type,
    title,
    description: '',
    zone: 'hall',
    identity: { manufacturer: 'Doppel (SIMULATED)', model: type, serial: id, firmware: '1' },
    signals: [],
    commands: [],
    alarms: [],
    places: [],
    position: pose.position,
    body: body?.kind ?? '',
    home: '',
  });
  if (body !== undefined) {
    const isCassette = body.kind.startsWith('cassette');
    const shape: VesselShape = isCassette ? 'cassette' : 'body';
    all.vessels.push({
      id: `${id}.${body.name}`,
      kind: body.kind,
      title,
      batch: isCassette ? `P-${String(index % 120).padStart(3, '0')}` : '',
      shape,
      radius: 0.13,
      height: 0.1,
      capacity: isCassette ? 3e-4 : 0,
    });
    all.poses.push(pose);
    all.holders.push(body.holder);
  }
  return index;
}

/** A matrix of modules with their connectors, and cassettes spread over them. */
export function largeMatrix(options: MatrixOptions = LARGE): {
  readonly view: ViewScene;
  readonly description: PlantDescription;
  /** Numbers of a frame; those of every 20th cassette go to and fro with `seconds`. */
  frame(seconds: number): Float32Array;
} {
  const all: Placed = { options, equipment: [], devices: [], vessels: [], poses: [], holders: [] };
  let y = 0;
  const spots: { pose: Pose; holder: number }[] = [];
  let count = 0;
  for (let r = 0; r < options.racks; r++) {
    const yaw = r % 2 === 0 ? 0 : Math.PI;
    const pose: Pose = { position: [0, y, 0], orientation: quatFromYaw(yaw) };
    const rack = addDevice(all, 'module-rack', `rack-${r + 1}`, `Rack ${r + 1}`, pose);
    y += r % 2 === 0 ? BACK : ACROSS;
    for (const dock of Object.values(all.equipment[rack]?.places ?? {})) {
      const type = options.modules[count % options.modules.length] ?? 'liquid-module';
      count++;
      const id = `module-${count}`;
      const title = `${type[0]?.toUpperCase()}${type.slice(1, -7)} ${count}`;
      const body = { name: 'frame', kind: 'module', holder: rack };
      const module = addDevice(all, type, id, title, dock, body);
      for (const [name, place] of Object.entries(all.equipment[module]?.places ?? {})) {
        if (name === 'connector') {
          addDevice(all, 'sterile-connector', `connector-${count}`, `Connector ${count}`, place, {
            name: 'head',
            kind: 'connector',
            holder: module,
          });
        } else spots.push({ pose: place, holder: module });
      }
    }
  }
  for (let i = 0; i < options.cassettes; i++) {
    const spot = spots[Math.floor((i * spots.length) / options.cassettes)] ?? {
      pose: IDENTITY_POSE,
      holder: -1,
    };
    const kind = ['cassette-s100', 'cassette-s300', 'cassette-a300', 'cassette-s1000'][i % 4] ?? '';
    const body = { name: 'core', kind, holder: spot.holder };
    addDevice(all, 'cell-cassette', `cassette-${i + 1}`, `Cassette ${i + 1}`, spot.pose, body);
  }
  const { equipment, devices, vessels } = all;
  const width = options.columns * PITCH + 5;
  const start = equipment.length;
  const view: ViewScene = {
    name: 'large-matrix',
    title: 'Matrix of 400 modules',
    revision: 1,
    epochUnixMicros: Date.UTC(2026, 0, 5, 6) * 1000,
    zones: [
      {
        id: 'hall',
        title: 'Hall',
        grade: 'C',
        min: [-width / 2, -2.5, 0],
        max: [width / 2, y + 1.5, 3.4],
        glass: [],
        hepaCeiling: false,
      },
    ],
    equipment,
    vessels,
    lines: [],
    supplies: [],
    layout: {
      channels: 0,
      devices: 0,
      lines: start,
      vessels: start,
      length: start + vessels.length * VESSEL_STRIDE,
    },
  };
  const description = {
    scene: view.name,
    title: view.title,
    epochUnixMicros: view.epochUnixMicros,
    devices,
  };
  return { view, description, frame: (seconds) => frameOf(all, view, seconds) };
}

function frameOf({ poses, holders, equipment }: Placed, view: ViewScene, seconds: number) {
  const values = new Float32Array(view.layout.length);
  // Every third device works.
  for (let i = 0; i < equipment.length; i++) values[view.layout.devices + i] = i % 3 === 0 ? 1 : 0;
  view.vessels.forEach(({ shape }, slot) => {
    const from = view.layout.vessels + slot * VESSEL_STRIDE;
    const pose = poses[slot] ?? IDENTITY_POSE;
    const moves = shape === 'cassette' && slot % 20 === 0;
    const [x, y, z] = pose.position;
    values.set([x + (moves ? 0.3 * Math.sin(seconds) : 0), y, z, ...pose.orientation], from);
    values[from + VESSEL_FIELDS.fill] = shape === 'cassette' ? 0.3 + 0.05 * (slot % 12) : 0;
    values[from + VESSEL_FIELDS.turbidity] = 0.05 * (slot % 10);
    values[from + VESSEL_FIELDS.tint] = LIQUID_TINTS.indexOf('medium');
    values[from + VESSEL_FIELDS.present] = 1;
    values[from + VESSEL_FIELDS.holder] = holders[slot] ?? -1;
  });
  return values;
}
