import { memo, useMemo } from 'react';
import { useStore } from 'zustand';
import { DEVICE_CONDITIONS, type DeviceCondition } from '../../../kernel/view-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { DockTools } from '../DockTools.tsx';
import { kindOf, numberIn } from './module-kinds.ts';
import { type Dock, layOutRacks, type Rack } from './rack-layout.ts';
import { type Standing, useStandings } from './use-standings.ts';

/** Racks with that many columns have room for wide cells [px]. */
const FEW = 6;
const WIDE = 108;
const NARROW = 64;

/** Racks with their modules as seen from the front: what works, what waits, what is broken, what is free. */
export function ModuleMap() {
  const scene = useStore(plantStore, (s) => s.scene);
  const devices = useStore(plantStore, (s) => s.devices);
  const equipment = scene?.equipment;
  const racks = useMemo(() => layOutRacks(equipment ?? [], devices), [equipment, devices]);
  const standings = useStandings(scene, racks);
  const modules = standings.flat().filter(({ module }) => module >= 0);
  const count = (condition: DeviceCondition): number =>
    modules.filter((standing) => conditionOf(standing) === condition).length;
  const broken = count('broken');
  return (
    <div className="module-map" data-testid="module-map">
      <DockTools>
        <span className="muted" data-testid="module-count">
          {modules.length} modules · {modules.filter(isInUse).length} in use
          {broken > 0 && <b className="abnormal"> · {broken} broken</b>}
        </span>
      </DockTools>
      <Legend modules={modules} />
      {racks.map((rack, i) => (
        <RackMap key={rack.id} rack={rack} standings={standings[i] ?? []} />
      ))}
    </div>
  );
}

function conditionOf({ condition }: Standing): DeviceCondition {
  return DEVICE_CONDITIONS[condition] ?? 'idle';
}

/** Whether it works, or something of a batch stands in it. */
function isInUse(standing: Standing): boolean {
  return conditionOf(standing) === 'running' || standing.batches.length > 0;
}

/** Signs of the kinds of modules, and how many of each are in use. */
function Legend({ modules }: { readonly modules: readonly Standing[] }) {
  const equipment = useStore(plantStore, (s) => s.scene?.equipment);
  const kinds = new Map<string, { inUse: number; all: number }>();
  for (const standing of modules) {
    const type = equipment?.[standing.module]?.type ?? '';
    const kind = kinds.get(type) ?? { inUse: 0, all: 0 };
    kind.all += 1;
    if (isInUse(standing)) kind.inUse += 1;
    kinds.set(type, kind);
  }
  return (
    <ul className="module-legend">
      {[...kinds].map(([type, { inUse, all }]) => {
        const { title, Icon } = kindOf(type);
        return (
          <li key={type} title={`${inUse} of ${all} in use`}>
            <Icon size={13} stroke={1.6} />
            {title}
            <span className="muted">
              {inUse}/{all}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

interface RackMapProps {
  readonly rack: Rack;
  readonly standings: readonly Standing[];
}

function RackMap({ rack, standings }: RackMapProps) {
  const equipment = useStore(plantStore, (s) => s.scene?.equipment);
  const selected = useStore(uiStore, (s) => s.selected);
  const widest = rack.columns <= FEW ? WIDE : NARROW;
  return (
    <section className="rack-map" aria-label={rack.title}>
      <h3 className="ellipsis">{rack.title}</h3>
      <div style={{ gridTemplateColumns: `repeat(${rack.columns}, minmax(0, ${widest}px))` }}>
        {rack.docks.map((dock, i) => {
          const standing = standings[i];
          const module = equipment?.[standing?.module ?? -1];
          return (
            <DockCell
              key={dock.place}
              dock={dock}
              row={rack.levels - dock.level}
              id={module?.id ?? ''}
              type={module?.type ?? ''}
              title={module?.title ?? ''}
              condition={standing === undefined ? 'idle' : conditionOf(standing)}
              batches={standing?.batches.join(' ') ?? ''}
              isSelected={module !== undefined && module.id === selected}
            />
          );
        })}
      </div>
    </section>
  );
}

interface DockCellProps {
  readonly dock: Dock;
  /** Counted from 1 downwards. */
  readonly row: number;
  /** Module in it; empty when there is none. */
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly condition: DeviceCondition;
  /** Labels, separated by blanks. */
  readonly batches: string;
  readonly isSelected: boolean;
}

const DockCell = memo(function DockCell(props: DockCellProps) {
  const { dock, row, id, type, title, condition, batches, isSelected } = props;
  const style = { gridColumn: dock.column + 1, gridRow: row };
  if (id === '') {
    return <span className="dock-cell free" style={style} title={`${dock.place}: free`} />;
  }
  const { Icon } = kindOf(type);
  const labels = batches === '' ? [] : batches.split(' ');
  const [only = ''] = labels;
  const holds = labels.length === 0 ? '' : `: ${labels.join(', ')}`;
  return (
    <button
      type="button"
      className={`dock-cell ${condition}`}
      style={style}
      title={`${title}, ${condition}, in ${dock.place}${holds}`}
      aria-pressed={isSelected}
      data-testid={`module-${id}`}
      data-condition={condition}
      onClick={() => uiStore.getState().focus(id)}
    >
      <span>
        <Icon size={13} stroke={1.6} />
        <span>{numberIn(title) || title}</span>
      </span>
      <small>{labels.length > 1 ? `${labels.length} batches` : only}</small>
    </button>
  );
});
