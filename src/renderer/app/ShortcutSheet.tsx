import { Kbd, Modal } from '@mantine/core';
import { useStore } from 'zustand';
import { uiStore } from '../state/ui-store.ts';
import { ACTIONS, type Action } from './actions.ts';

const GROUPS: readonly Action['group'][] = ['Time', 'Camera', 'Panels', 'General'];

/** What the mouse and held keys do in the picture. */
const POINTER: readonly (readonly [what: string, how: readonly string[]])[] = [
  ['Select', ['click']],
  ['Orbit', ['drag']],
  ['Pan', ['middle drag']],
  ['Zoom to the pointer', ['wheel']],
  ['Fly', ['W', 'A', 'S', 'D', 'Q', 'E']],
];

/** All keys on one sheet. */
export function ShortcutSheet() {
  const opened = useStore(uiStore, (s) => s.overlay === 'shortcuts');
  const close = (): void => uiStore.getState().setOverlay(undefined);
  return (
    <Modal opened={opened} onClose={close} title="Keyboard and mouse" size={720} centered>
      <div className="shortcut-sheet" data-testid="shortcut-sheet">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            {ACTIONS.filter((action) => action.group === group && action.keys !== undefined).map(
              ({ id, title, keys }) => (
                <Row key={id} title={title} keys={keys ?? []} />
              ),
            )}
          </section>
        ))}
        <section>
          <h3>In the picture</h3>
          {POINTER.map(([title, keys]) => (
            <Row key={title} title={title} keys={keys} />
          ))}
        </section>
      </div>
    </Modal>
  );
}

function Row({ title, keys }: { readonly title: string; readonly keys: readonly string[] }) {
  return (
    <div className="shortcut-row">
      <span>{title}</span>
      <span className="keys">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
    </div>
  );
}
