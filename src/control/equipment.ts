import type { PlantDescription } from '../kernel/plant-contract.ts';
import type { PhaseDefinition } from './phase.ts';
import type { PhaseEntry, Recipe } from './recipe/schema.ts';

/** What the controller is told of the plant beyond what the plant says of itself. */
export interface PlantConfiguration {
  readonly batches: readonly { readonly id: string; readonly product: string }[];
  /** Where the scene's vessels stand at the beginning: vessel to `device.place`. */
  readonly vessels: Readonly<Record<string, string>>;
  /** Devices of roles, over what the recipe says. */
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

/** Device of each role. Throws UnsuitablePlantError when one is missing or lacks a command. */
export function bindEquipment(
  plant: PlantDescription,
  recipe: Recipe,
  library: ReadonlyMap<string, PhaseDefinition>,
  configuration: PlantConfiguration,
): ReadonlyMap<string, string> {
  const problems: string[] = [];
  const bound = new Map<string, string>();
  for (const [role, { type, index, device }] of Object.entries(recipe.equipment)) {
    const wanted = configuration.equipment?.[role] ?? device;
    const candidates = plant.devices.filter((d) => (wanted ? d.id === wanted : d.type === type));
    const found = candidates[wanted ? 0 : index - 1];
    if (found !== undefined) bound.set(role, found.id);
    else {
      const what = wanted ?? `${type}${index > 1 ? ` number ${index}` : ''}`;
      problems.push(`${plant.scene} has no ${what} for the role ${role}`);
    }
  }
  const commandsOf = new Map(
    plant.devices.map(({ id, commands }) => [id, new Set(commands.map(({ name }) => name))]),
  );
  for (const name of phaseNames(recipe.steps.flatMap(({ phases }) => phases))) {
    for (const [role, commands] of Object.entries(library.get(name)?.needs ?? {})) {
      const device = bound.get(role);
      if (device === undefined) continue;
      for (const command of commands) {
        if (commandsOf.get(device)?.has(command)) continue;
        problems.push(`phase ${name} needs command ${command}, which ${device} (${role}) has not`);
      }
    }
  }
  for (const [name, vessel] of Object.entries(recipe.vessels)) {
    if (configuration.vessels[vessel] !== undefined) continue;
    problems.push(`the scene has no vessel ${vessel} (${name} of the recipe)`);
  }
  if (problems.length > 0) throw new UnsuitablePlantError(problems);
  return bound;
}

function phaseNames(entries: readonly PhaseEntry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ phase, repeat = [] }) => [
      ...(phase === undefined ? [] : [phase]),
      ...phaseNames(repeat),
    ]),
  );
}
