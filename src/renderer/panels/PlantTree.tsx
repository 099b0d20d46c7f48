import { useStore } from 'zustand';
import { plantStore } from '../state/plant-store.ts';
import { uiStore } from '../state/ui-store.ts';
import { worstPriority } from './alarm-look.ts';
import { PriorityMark } from './PriorityMark.tsx';

/** Zones and their devices; choosing one also looks at it. */
export function PlantTree() {
  const scene = useStore(plantStore, (s) => s.scene);
  const alarms = useStore(plantStore, (s) => s.alarms);
  const selected = useStore(uiStore, (s) => s.selected);
  const choose = (id: string): void => {
    uiStore.getState().select(id);
    uiStore.getState().moveCamera('frame');
  };
  if (scene === undefined) return <nav className="tree" />;
  const zones = scene.zones.map(({ id, title, grade }) => ({ id, title, grade: `grade ${grade}` }));
  const known = new Set(zones.map(({ id }) => id));
  const outside = scene.equipment.some(({ zone }) => !known.has(zone));
  if (outside) zones.push({ id: '', title: 'Outside', grade: '' });
  return (
    <nav className="tree" aria-label="Plant" role="tree">
      {zones.map((zone) => (
        <div key={zone.id} role="group">
          <div className="tree-zone">
            {zone.title}
            <small>{zone.grade}</small>
          </div>
          {scene.equipment
            .filter((e) => (zone.id === '' ? !known.has(e.zone) : e.zone === zone.id))
            .map(({ id, title }) => {
              const priority = worstPriority(alarms, id);
              return (
                <button
                  key={id}
                  type="button"
                  role="treeitem"
                  className="tree-item"
                  aria-selected={id === selected}
                  data-testid={`tree-item-${id}`}
                  onClick={() => choose(id)}
                >
                  <span>{title}</span>
                  {priority !== undefined && <PriorityMark priority={priority} />}
                </button>
              );
            })}
        </div>
      ))}
    </nav>
  );
}
