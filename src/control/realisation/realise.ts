import type { DeviceDescription, PlantDescription } from '../../kernel/plant-contract.ts';
import type { Order, PhaseContext, PhaseDefinition } from '../phase.ts';
import type { Condition } from '../recipe/condition.ts';
import type { RawParameters, Recipe, RecipeEntry, RecipeStep } from '../recipe/schema.ts';
import type { Task } from '../task.ts';
import { PRODUCT, resolve } from './references.ts';
import type { KitItem, PhaseEntry, Realisation, Role, Unit } from './schema.ts';
import { shortfall, takesValue } from './specification.ts';

/** A phase with the parameters that its definition reads. */
export type RealisedPhase = Omit<PhaseEntry, 'with' | 'exclusive'> & {
  readonly with: Readonly<Record<string, unknown>>;
  readonly exclusive: readonly string[];
};

/** An entry of the recipe as this plant does it. */
export interface RealisedEntry {
  readonly function?: string | undefined;
  /** Parameters and required specifications in the words of the recipe. */
  readonly parameters: RawParameters;
  readonly specifications: RawParameters;
  readonly phases: readonly RealisedPhase[];
  /** Devices that cover the specifications, by role; roles that none concerns are absent. */
  readonly covering: Readonly<Record<string, readonly string[]>>;
  readonly when?: Condition | undefined;
  readonly check?: Condition | undefined;
  readonly reason?: string | undefined;
  readonly ifKnown?: boolean | undefined;
  readonly repeat?: readonly RealisedEntry[] | undefined;
  readonly until?: Condition | undefined;
  readonly atMost?: number | undefined;
}

export type RealisedStep = Omit<RecipeStep, 'functions'> & {
  readonly entries: readonly RealisedEntry[];
};

/** A recipe bound to the devices, vessels and places of a plant. */
export interface RealisedRecipe {
  readonly recipe: Recipe;
  readonly realisation: string;
  readonly steps: readonly RealisedStep[];
  /** Devices of each role, in the order of the plant. */
  readonly equipment: ReadonlyMap<string, readonly string[]>;
  /** Roles of which only devices do that are supplied with the recipe's medium. */
  readonly mediumRoles: ReadonlySet<string>;
  readonly vessels: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, string>>;
  readonly lines: Readonly<Record<string, string>>;
  /** Sets of equipment that the plant has, by the name of what a batch asks for. */
  readonly units: Readonly<Record<string, readonly Unit[]>>;
  readonly kits: Readonly<Record<string, Readonly<Record<string, KitItem>>>>;
  /** What is done when a batch cannot go on: those phases of which it has all shared places. */
  readonly abandon: readonly RealisedPhase[];
}

/** What the controller is told of the plant beyond what the plant says of itself. */
export interface PlantConfiguration {
  readonly batches: readonly Order[];
  /** Where the scene's vessels stand at the beginning: vessel to `device.place`. */
  readonly vessels: Readonly<Record<string, string>>;
  /** Devices of roles, over what the realisation says. */
  readonly equipment?: Readonly<Record<string, string>>;
}

/** The plant cannot run the recipe; `problems` name what is missing, one sentence each. */
export class UnsuitablePlantError extends Error {
  override readonly name = 'UnsuitablePlantError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the plant cannot run this recipe:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}

/** A realisation with the phases that it consists of, and what its kind of plant needs besides. */
export interface RealisationOffer {
  readonly realisation: Realisation;
  readonly library: ReadonlyMap<string, PhaseDefinition>;
  /** Puts the plant in order when a batch cannot go on; `devices` are all that it may use. */
  readonly abandon?: (context: PhaseContext, devices: readonly string[]) => Task<void>;
  /** Tasks beside the batches, by the names under which the record knows them. */
  readonly services?: (
    plant: PlantDescription,
    recipes: readonly RealisedRecipe[],
  ) => ReadonlyMap<string, Task<void>>;
}

/**
 * Chooses the realisation that suits the plant and binds the recipe to it.
 *
 * @throws UnsuitablePlantError with what the nearest realisation lacks
 */
export function realise(
  recipe: Recipe,
  offers: readonly RealisationOffer[],
  plant: PlantDescription,
  configuration: PlantConfiguration,
): { readonly realised: RealisedRecipe; readonly offer: RealisationOffer } {
  let nearest: readonly string[] | undefined;
  for (const offer of offers) {
    const binding = new Binding(recipe, offer, plant, configuration);
    const realised = binding.bind();
    if (binding.problems.length === 0) return { realised, offer };
    if (nearest === undefined || binding.problems.length < nearest.length) {
      nearest = binding.problems;
    }
  }
  throw new UnsuitablePlantError(nearest ?? ['there is no realisation']);
}

/** One attempt to bind a recipe. */
class Binding {
  readonly problems: string[] = [];
  /** What was said of which function: each only where the recipe first asks for it. */
  private readonly said = new Set<string>();
  private readonly recipe: Recipe;
  private readonly realisation: Realisation;
  private readonly library: ReadonlyMap<string, PhaseDefinition>;
  private readonly plant: PlantDescription;
  private readonly configuration: PlantConfiguration;
  private readonly devices: ReadonlyMap<string, DeviceDescription>;
  private readonly bound = new Map<string, readonly string[]>();
  /** Name of the vessel in which the cells are, as the recipe goes along. */
  private product: string | undefined;

  constructor(
    recipe: Recipe,
    { realisation, library }: RealisationOffer,
    plant: PlantDescription,
    configuration: PlantConfiguration,
  ) {
    this.recipe = recipe;
    this.realisation = realisation;
    this.library = library;
    this.plant = plant;
    this.configuration = configuration;
    this.devices = new Map(plant.devices.map((device) => [device.id, device]));
  }

  bind(): RealisedRecipe {
    const { recipe, realisation } = this;
    const steps = recipe.steps.map(({ functions, ...step }) => ({
      ...step,
      entries: functions.map((entry) => this.entry(entry, step)),
    }));
    const { name, vessels, places, lines, kits } = realisation;
    const roles = Object.entries(realisation.equipment);
    const mediumRoles = new Set(
      recipe.medium === undefined
        ? []
        : roles.filter(([, { gives }]) => gives === 'medium').map(([role]) => role),
    );
    return {
      mediumRoles,
      recipe,
      realisation: name,
      steps,
      equipment: this.bound,
      vessels,
      places,
      lines,
      units: this.units(),
      abandon: this.abandon(),
      kits,
    };
  }

  private abandon(): readonly RealisedPhase[] {
    const isSuitable = this.problems.length === 0;
    const missing = (why: string): void => {
      const text = `${this.plant.scene} cannot be put in order after a failed batch: ${why}`;
      if (isSuitable && !this.problems.includes(text)) this.problems.push(text);
    };
    return this.realisation.abandon.map(({ exclusive = [], ...phase }) => {
      const given = this.library.get(phase.phase)?.parameters.safeParse(phase.with);
      const parameters = (given?.data ?? {}) as RealisedPhase['with'];
      this.bindNeeds(phase.phase, missing);
      this.bindParameters(phase.phase, parameters, missing);
      return { ...phase, exclusive, with: parameters };
    });
  }

  /** Of each kind those of which the plant has all devices. */
  private units(): RealisedRecipe['units'] {
    const kinds = Object.entries(this.realisation.units).map(([kind, units]) => {
      const isThere = ({ equipment }: Unit): boolean =>
        Object.values(equipment).every((id) => this.devices.has(id));
      return [kind, units.filter(isThere)] as const;
    });
    return Object.fromEntries(kinds);
  }

  private entry(entry: RecipeEntry, step: { step: number; name: string }): RealisedEntry {
    const { when, check, reason, ifKnown, until, atMost } = entry;
    const common = { when, check, reason, ifKnown, until, atMost };
    const repeat = entry.repeat?.map((inner) => this.entry(inner, step));
    const { with: parameters, require: specifications } = entry;
    if (entry.function === undefined) {
      return { ...common, repeat, parameters, specifications, phases: [], covering: {} };
    }
    const done = this.function(entry.function, entry, step);
    return { ...common, function: entry.function, parameters, specifications, ...done };
  }

  private function(
    name: string,
    entry: RecipeEntry,
    step: { step: number; name: string },
  ): Pick<RealisedEntry, 'phases' | 'covering'> {
    const { recipe, realisation, plant } = this;
    const place = `${recipe.file.split('/').at(-1) ?? ''}:${entry.line}`;
    const missing = (why: string): void => {
      if (this.said.has(`${name} ${why}`)) return;
      this.said.add(`${name} ${why}`);
      const needed = `needed by step ${step.step} ${step.name} (${place})`;
      this.problems.push(`${plant.scene} has nothing that can ${name}: ${needed}: ${why}`);
    };
    const found = realisation.functions[name];
    if (found === undefined) {
      missing(`the realisation ${realisation.name} does not have it`);
      return { phases: [], covering: {} };
    }
    for (const { phase } of found.phases) this.bindNeeds(phase, missing);
    const covering = this.cover(name, entry, missing);
    const values = { ...entry.with, ...entry.require, [PRODUCT]: this.product };
    const phases = found.phases.map(({ exclusive, ...phase }) => {
      const given = resolve(phase.with, values);
      const parsed = this.library.get(phase.phase)?.parameters.safeParse(given);
      for (const issue of parsed?.error?.issues ?? []) {
        missing(`${issue.path.map(String).join('.')} of ${phase.phase}: ${issue.message}`);
      }
      const parameters = (parsed?.data ?? {}) as RealisedPhase['with'];
      this.bindParameters(phase.phase, parameters, missing);
      return {
        ...phase,
        with: parameters,
        onRestart: entry.onRestart ?? phase.onRestart,
        exclusive: exclusive ?? found.exclusive,
      };
    });
    if (found.into !== undefined) this.product = found.into;
    return { phases, covering };
  }

  private bindNeeds(phase: string, missing: (why: string) => void): void {
    for (const [role, commands] of Object.entries(this.library.get(phase)?.needs ?? {})) {
      this.bindRole(role, commands, phase, missing);
    }
  }

  /** Finds the devices of a role, one of which must have what a phase sends. */
  private bindRole(
    role: string,
    commands: readonly string[],
    phase: string,
    missing: (why: string) => void,
  ): void {
    const definition = this.realisation.equipment[role];
    if (definition === undefined) return missing(`there is no equipment ${role}`);
    let devices = this.bound.get(role);
    if (devices === undefined) {
      devices = this.devicesOf(role, definition);
      if (devices.length > 0) this.bound.set(role, devices);
    }
    if (devices.length === 0) {
      missing(
        `it has no ${nameOf(definition, this.configuration.equipment?.[role])} for the role ${role}`,
      );
      return;
    }
    if (devices.some((id) => commands.every((command) => this.has(id, command)))) return;
    for (const command of commands) {
      const [first = ''] = devices;
      if (!this.has(first, command)) {
        missing(`phase ${phase} needs command ${command}, which ${first} (${role}) has not`);
      }
    }
  }

  private devicesOf(role: string, definition: Role): readonly string[] {
    const { type, index, device, commands, takes, holds } = definition;
    const { devices } = this.plant;
    const wanted = this.configuration.equipment?.[role] ?? device;
    if (wanted !== undefined) return this.devices.has(wanted) ? [wanted] : [];
    if (commands !== undefined) {
      const able = devices.filter(
        (d) =>
          commands.every((command) => this.has(d.id, command)) &&
          Object.entries(takes).every(([name, value]) => takesValue(d, name, value)) &&
          (holds === undefined || d.places.some(({ accepts }) => accepts.includes(holds))),
      );
      return able.map(({ id }) => id);
    }
    const found = devices.filter((d) => d.type === type)[index - 1];
    return found === undefined ? [] : [found.id];
  }

  private has(id: string, command: string): boolean {
    return this.devices.get(id)?.commands.some(({ name }) => name === command) ?? false;
  }

  /** The devices of each role that cover what the recipe requires of them. */
  private cover(
    name: string,
    entry: RecipeEntry,
    missing: (why: string) => void,
  ): RealisedEntry['covering'] {
    const specifications = this.realisation.functions[name]?.specifications ?? {};
    const covering: Record<string, readonly string[]> = {};
    for (const [specification, value] of Object.entries(entry.require)) {
      const [role = '', ...rest] = (specifications[specification] ?? '').split('.');
      const wanted = { name: specification, text: String(value), source: rest.join('.') };
      if (wanted.source === '') {
        missing(`nothing tells whether it covers the ${specification} of ${wanted.text}`);
        continue;
      }
      const lacks = (covering[role] ?? this.bound.get(role) ?? []).map((id) => ({
        id,
        lack: shortfall(this.devices.get(id) as DeviceDescription, wanted),
      }));
      covering[role] = lacks.filter(({ lack }) => lack === undefined).map(({ id }) => id);
      const [first] = lacks;
      if (first?.lack !== undefined && covering[role].length === 0) missing(first.lack);
    }
    return covering;
  }

  /** Finds the devices and vessels that the parameters of a phase name. */
  private bindParameters(
    phase: string,
    parameters: RealisedPhase['with'],
    missing: (why: string) => void,
  ): void {
    const definition = this.library.get(phase);
    for (const [name, commands] of Object.entries(definition?.roleParameters ?? {})) {
      const role = parameters[name];
      if (typeof role === 'string') this.bindRole(role, commands, phase, missing);
    }
    for (const name of definition?.placeParameters ?? []) {
      const place = String(parameters[name]);
      const [role = ''] = (this.realisation.places[place] ?? place).split('.');
      this.bindRole(role, [], phase, missing);
    }
    for (const name of definition?.kitParameters ?? []) {
      for (const { home = '' } of Object.values(
        this.realisation.kits[String(parameters[name])] ?? {},
      )) {
        if (home !== '') this.bindRole(home.split('.')[0] ?? '', [], phase, missing);
      }
    }
    for (const name of definition?.vesselParameters ?? []) {
      const value = parameters[name];
      for (const role of Array.isArray(value) ? value : [value]) {
        const vessel = this.realisation.vessels[String(role)];
        if (vessel === undefined || this.configuration.vessels[vessel] !== undefined) continue;
        if (Object.values(this.realisation.kits).some((kit) => String(role) in kit)) continue;
        missing(`the scene has no vessel ${vessel} (${String(role)} of the realisation)`);
      }
    }
  }
}

function nameOf({ type, index, device, commands }: Role, configured: string | undefined): string {
  if (configured !== undefined || device !== undefined) return configured ?? device ?? '';
  if (commands !== undefined) return `device with ${commands.join(' and ')}`;
  return `${type}${index > 1 ? ` number ${index}` : ''}`;
}
