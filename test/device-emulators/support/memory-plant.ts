import { IDENTITY_POSE } from '../../../src/kernel/pose.ts';
import { err, ok } from '../../../src/kernel/result.ts';
import { refusal } from '../../../src/kernel/error-catalogue.ts';
import {
  CASSETTE_PORTS,
  type CassettePort,
} from '../../../src/device-emulators/definition/coupling.ts';
import type { Coupling } from '../../../src/device-emulators/definition/coupling.ts';
import type {
  LineView,
  PlantPort,
  SupplyKind,
  VesselEnvironment,
  VesselView,
  ZoneAirView,
} from '../../../src/device-emulators/definition/plant-port.ts';
import {
  addParcel,
  applyTotals,
  type Contents,
  emptyContents,
  takeFractions,
  takeVolume,
  totalInto,
  volumeOf,
} from '../../../src/physics/fluids/contents.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { mobility } from '../../../src/bio-models/populations.ts';
import { isLiving, isParticle, SPECIES_COUNT } from '../../../src/bio-models/species.ts';
import { VESSEL_KINDS } from '../../../src/twin/vessel-kinds.data.ts';

/** A vessel of the memory plant; everything in it may be set by a test. */
export interface MemoryVessel {
  readonly id: string;
  kind: string;
  batch: string;
  capped: boolean;
  sealed: boolean;
  waste: boolean;
  /** Full name of its place, empty when it stands nowhere. */
  place: string;
  contents: Contents;
  environment: VesselEnvironment | undefined;
}

export interface MemoryLine {
  connected: boolean;
  flow: number;
  wanted: number;
}

/**
 * A plant of one device: vessels with contents in plain arrays and places by name. Contents stay as
 * they are put: nothing reacts, cools or flows by itself.
 */
export interface MemoryPlant {
  readonly port: PlantPort;
  readonly vessels: Map<string, MemoryVessel>;
  readonly places: Map<string, { open: boolean }>;
  readonly lines: Map<string, MemoryLine>;
  readonly couplings: Map<string, Coupling>;
  /** Vessel that each supply comes from or goes to, and whether it is open. */
  readonly supplies: Map<SupplyKind, { source: string; open: boolean }>;
  /** Where the device's own body stands. */
  location: string;
  powered: boolean;
  air: ZoneAirView;
  /** What has run out onto the floor. */
  readonly spilled: Contents;
  /** Particles released so far. */
  particles: number;
  /** How often the zone was decontaminated. */
  decontaminated: number;
  addVessel(
    options: Partial<Omit<MemoryVessel, 'id' | 'kind' | 'contents'>> & {
      readonly id: string;
      readonly kind: string;
      readonly fill?: Float64Array;
      readonly lot?: string;
      readonly temperature?: number;
    },
  ): MemoryVessel;
  /** Amounts of all vessels and of what was spilled, to check that nothing is made or lost. */
  total(): Float64Array;
}

const DENSITY = 1005;

export function createMemoryPlant(device: string): MemoryPlant {
  const vessels = new Map<string, MemoryVessel>();
  const places = new Map<string, { open: boolean }>();
  const lines = new Map<string, MemoryLine>();
  const couplings = new Map<string, Coupling>();
  const supplies: MemoryPlant['supplies'] = new Map();
  const uses = new Map<string, Record<CassettePort, number>>();
  const openValves = new Set<string>();
  const unused = (): Record<CassettePort, number> =>
    Object.fromEntries(CASSETTE_PORTS.map((name) => [name, 0])) as Record<CassettePort, number>;
  const full = (name: string): string => (name.includes('.') ? name : `${device}.${name}`);
  const find = (id: string): MemoryVessel | undefined => vessels.get(id) ?? vessels.get(full(id));
  const get = (id: string): MemoryVessel => {
    const found = find(id);
    if (found === undefined) throw new Error(`no vessel ${id}`);
    return found;
  };
  const getPlace = (name: string): { open: boolean } => {
    const found = places.get(full(name));
    if (found === undefined) throw new Error(`no place ${name}`);
    return found;
  };
  const amountsOf = (vessel: MemoryVessel): Float64Array =>
    totalInto(new Float64Array(SPECIES_COUNT), vessel.contents.lots);

  function view(vessel: MemoryVessel): VesselView {
    const kind = VESSEL_KINDS[vessel.kind];
    if (kind === undefined) throw new Error(`no vessel kind ${vessel.kind}`);
    const volume = volumeOf(vessel.contents.lots);
    return {
      id: vessel.id,
      kind: vessel.kind,
      shape: kind.shape,
      batch: vessel.batch,
      volume,
      capacity: kind.capacity,
      mass: kind.mass + DENSITY * volume,
      radius: kind.radius,
      height: kind.height,
      surface: kind.surface ?? 0,
      capped: vessel.capped,
      sealed: vessel.sealed,
      waste: vessel.waste,
      place: vessel.place,
    };
  }

  function pellet(vessel: MemoryVessel): number {
    const { pellet: lying } = vessel.contents;
    if (lying === undefined) return 0;
    const amounts = amountsOf(vessel);
    let sum = 0;
    let all = 0;
    for (let s = 1; s < SPECIES_COUNT; s++) {
      if (!isParticle(s)) continue;
      all += amounts[s] ?? 0;
      sum += (amounts[s] ?? 0) * (lying[s] ?? 0);
    }
    return all > 0 ? sum / all : 0;
  }

  const port: PlantPort = {
    vesselAt: (place) => {
      const found = [...vessels.values()].find((vessel) => vessel.place === full(place));
      return found === undefined ? undefined : view(found);
    },
    vessel: (id) => {
      const found = find(id);
      return found === undefined ? undefined : view(found);
    },
    line: (id): LineView | undefined => {
      const line = lines.get(id);
      if (line === undefined) return undefined;
      const { connected, flow } = line;
      return { id, connected, shut: false, flow, wet: 0, holdUp: 0, from: '', to: '' };
    },
    volume: (id) => volumeOf(get(id).contents.lots),
    amounts: (id) => amountsOf(get(id)),
    temperature: (id) => get(id).contents.temperature,
    pellet: (id) => pellet(get(id)),
    placePose: (place) => (places.has(full(place)) ? IDENTITY_POSE : undefined),
    isPlaceOpen: (place) => places.get(full(place))?.open ?? false,
    zoneAir: () => plant.air,
    solids: () => [],
    vesselsAround: () => [],
    openVessels: () =>
      [...vessels.values()]
        .filter(({ id, capped, sealed }) => !capped && !sealed && port.volume(id) > 0)
        .map(({ id }) => id),
    location: () => plant.location,
    isPowered: () => plant.powered,
    coupling: (place) => couplings.get(full(place)),
    portUses: (id) => uses.get(get(id).id) ?? unused(),
    samplingValve: (id) => openValves.has(get(id).id),
    supply: (carries) => {
      const found = supplies.get(carries);
      return found === undefined ? undefined : { id: carries, liquid: carries, ...found };
    },

    withdraw: (id, volume, layer) => {
      const vessel = get(id);
      const mobile = mobility(amountsOf(vessel));
      return takeVolume(vessel.contents, volume, layer, SPECIES_COUNT, mobile);
    },
    split: (id, fractions) => takeFractions(get(id).contents, fractions),
    deposit: (id, parcel, gently) => addParcel(get(id).contents, parcel, gently),
    react: (id, change) => {
      const { contents } = get(id);
      const before = totalInto(new Float64Array(SPECIES_COUNT), contents.lots);
      const after = before.slice();
      change(after);
      if (contents.lots.length > 0) applyTotals(contents, before, after, isLiving);
    },
    settle: (id, fractions) => {
      get(id).contents.pellet = fractions.slice();
    },
    resuspend: (id) => {
      get(id).contents.pellet = undefined;
    },
    setEnvironment: (id, environment) => {
      get(id).environment = environment;
    },
    setCapped: (id, capped) => {
      get(id).capped = capped;
    },
    setSealed: (id) => {
      get(id).sealed = true;
    },
    setPlaceOpen: (place, open) => {
      getPlace(place).open = open;
    },
    setLineShut: () => undefined,
    setLineConnected: (id, connected) => {
      const line = lines.get(id);
      if (line === undefined) throw new Error(`no line ${id}`);
      line.connected = connected;
      line.flow = 0;
    },
    joinLine: (id) => port.setLineConnected(id, true),
    renewLine: () => undefined,
    startFlow: (id, rate, volume) => {
      const line = lines.get(id);
      if (line?.connected !== true) return err(refusal('NOT_CONNECTED'));
      line.flow = rate;
      line.wanted = volume ?? Number.POSITIVE_INFINITY;
      return ok(undefined);
    },
    stopFlow: (id) => {
      const line = lines.get(id);
      if (line !== undefined) line.flow = 0;
    },
    moveVessel: (id, place) => {
      getPlace(place);
      if (port.vesselAt(place) !== undefined) throw new Error(`${place} is occupied`);
      get(id).place = full(place);
      get(id).environment = undefined;
    },
    grasp: (id) => {
      get(id).place = '';
    },
    drop: (id) => {
      get(id).place = '';
    },
    setDoor: () => undefined,
    setFans: () => undefined,
    awaitAir: () => undefined,
    awaitTouch: () => undefined,
    emitParticles: (rate, seconds) => {
      plant.particles += rate * seconds;
    },
    setCoupling: (place, coupling) => {
      if (coupling === undefined) couplings.delete(full(place));
      else couplings.set(full(place), coupling);
    },
    usePort: (id, name) => {
      const counted = uses.get(get(id).id) ?? unused();
      counted[name] += 1;
      uses.set(get(id).id, counted);
    },
    setSamplingValve: (id, open) => {
      if (open) openValves.add(get(id).id);
      else openValves.delete(get(id).id);
    },
    drawSupply: (carries, volume) => {
      const found = supplies.get(carries);
      if (found?.open !== true) return { portions: [], temperature: 293.15 };
      return port.withdraw(found.source, volume, 'mixed');
    },
    toDrain: (parcel) => {
      const found = supplies.get('drain');
      if (found === undefined) throw new Error('there is no drain');
      port.deposit(found.source, parcel);
    },
    setSupplyOpen: (open) => {
      for (const supply of supplies.values()) {
        if (supply.source.split('.')[0] === device) supply.open = open;
      }
    },
    bringIn: ({ id, kind, place, batch, capped, fill }) => {
      const made = plant.addVessel({ id, kind, place: full(place), batch, capped });
      if (fill === undefined) return;
      const amounts = liquid(fill.liquid, fill.volume);
      made.contents.lots.push({ lot: fill.lot, amounts });
      made.contents.temperature = fill.temperature;
    },
    takeOut: (id) => {
      vessels.delete(get(id).id);
    },
    refill: (id, fill) => {
      const vessel = get(id);
      vessel.contents = emptyContents(fill?.temperature ?? vessel.contents.temperature);
      if (fill === undefined) return;
      vessel.contents.lots.push({ lot: fill.lot, amounts: liquid(fill.liquid, fill.volume) });
    },
    spill: (parcel) => {
      addParcel(plant.spilled, parcel);
    },
    refit: (id, kind) => {
      const vessel = get(id);
      vessel.kind = kind;
      vessel.batch = '';
      vessel.waste = false;
      vessel.contents = emptyContents(vessel.contents.temperature);
      uses.delete(vessel.id);
    },
    zoneDecontaminated: () => {
      plant.decontaminated += 1;
    },
    setWaste: (id) => {
      Object.assign(get(id), { waste: true, batch: '' });
    },
    setBatch: (id, batch) => {
      get(id).batch = batch;
    },
    placeView: () => undefined,
    bond: () => undefined,
    track: NO_TRACK,
  };

  const plant: MemoryPlant = {
    port,
    vessels,
    places,
    lines,
    couplings,
    supplies,
    location: '',
    powered: true,
    spilled: emptyContents(294.15),
    air: {
      grade: 'A',
      pressure: 30,
      particles05: 100,
      particles5: 0,
      temperature: 294.15,
      humidity: 0.45,
      settled: true,
    },
    particles: 0,
    decontaminated: 0,
    addVessel: ({ id, kind, fill, lot, temperature, place, ...rest }) => {
      const contents = emptyContents(temperature ?? 294.15);
      if (fill !== undefined) contents.lots.push({ lot: lot ?? 'LOT', amounts: fill.slice() });
      const vessel: MemoryVessel = {
        batch: '',
        capped: false,
        sealed: false,
        waste: false,
        environment: undefined,
        ...rest,
        id,
        kind,
        place: place === undefined ? '' : full(place),
        contents,
      };
      vessels.set(id, vessel);
      return vessel;
    },
    total: () => {
      const out = new Float64Array(SPECIES_COUNT);
      for (const contents of [...[...vessels.values()].map((v) => v.contents), plant.spilled]) {
        totalInto(new Float64Array(SPECIES_COUNT), contents.lots).forEach((amount, s) => {
          out[s] = (out[s] ?? 0) + amount;
        });
      }
      return out;
    },
  };
  return plant;
}

/** A bench has no rails. */
const NO_TRACK: PlantPort['track'] = {
  shuttle: () => undefined,
  refuse: () => refusal('NOT_CONNECTED'),
  traffic: () => undefined,
  platform: () => undefined,
  poseOf: () => undefined,
  drive: () => err(refusal('NOT_CONNECTED')),
  stop: () => undefined,
  release: () => undefined,
  takeOff: () => undefined,
  setClosed: () => undefined,
};
