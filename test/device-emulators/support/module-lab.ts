import { deviceDefinitions } from '../../../src/main/device-registry.ts';
import type { PortSet } from '../../../src/device-emulators/definition/coupling.ts';
import { type DevicePlant, devicePlant } from './device-plant.ts';

/** Process modules by the first part of their types, in the order of their docks. */
export const MODULES = [
  'thaw',
  'centrifuge',
  'magnet',
  'transduction',
  'measuring',
  'fill',
  'freezer',
  'electroporation',
  'liquid',
] as const;
type ModuleName = (typeof MODULES)[number];

function fill(place: string, liquid: string, volume: number): string {
  const contents = `{ liquid: ${liquid}, volume: ${volume} ml, temperature: 21 degC, lot: ${liquid} }`;
  return `  ${place.replace('.', '-')}: { kind: reservoir, place: ${place}, fill: ${contents} }`;
}

/**
 * A rack of all process modules with reagents, medium, buffer, gas and a drain; reservoirs of a
 * separator stand for the tanks of the house.
 *
 * @param vessels of the scene as YAML
 * @param devices more of them as YAML
 */
export function moduleLab(vessels: string, devices = ''): DevicePlant {
  const docked = MODULES.map(
    (name, i) => `  ${name}: { type: ${name}-module, title: ${name}, in: rack.dock${i + 1} }`,
  );
  return devicePlant(
    [...deviceDefinitions().values()],
    `devices:
  rack: { type: module-rack, title: Rack, zone: hall, at: [4.4 m, 4 m, 0 m], config: { columns: 9, levels: 1 } }
  tanks: { type: magnetic-separator, title: Tanks, zone: hall, at: [4 m, 7 m, 0 m] }
${docked.join('\n')}
${devices}
supplies:
  medium: { title: Medium, carries: medium, from: tanks.selectionBeads, to: [rack], bore: 8 mm }
  buffer: { title: Buffer, carries: buffer, from: tanks.buffer, to: [rack], bore: 8 mm }
  gas: { title: Gas, carries: gas, to: [rack], bore: 8 mm }
  drain: { title: Drain, carries: drain, from: tanks.waste, to: [rack], bore: 8 mm }
vessels:
${fill('tanks.selectionBeads', 'expansion-medium', 1900)}
${fill('tanks.buffer', 'wash-buffer', 1900)}
${fill('magnet.selectionBeads', 'selection-beads', 100)}
${fill('magnet.activationBeads', 'activation-beads', 100)}
${fill('transduction.vector', 'vector', 100)}
${fill('electroporation.transposon', 'transposon-dna', 100)}
${fill('fill.formulationBuffer', 'formulation-buffer', 500)}
${fill('fill.cryoprotectant', 'cryoprotectant', 500)}
${vessels}
`,
  );
}

/** Joins what stands at the transfer place of a module. */
export function join({ twin }: DevicePlant, module: ModuleName, ports: PortSet, open = true): void {
  const place = `${module}.transfer`;
  const vessel = twin.plant.occupant(place)?.id ?? '';
  const coupling = { connector: 'none', vessel, ports, open, sterile: true, leak: 0 };
  twin.plant.setCoupling(place, coupling);
}
