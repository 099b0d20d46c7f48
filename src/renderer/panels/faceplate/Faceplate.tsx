import { useStore } from 'zustand';
import type { DeviceDescription } from '../../../kernel/plant-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useSignals } from '../../state/use-signals.ts';
import { CommandForm } from './CommandForm.tsx';
import { DeviceAlarms } from './DeviceAlarms.tsx';
import { SetPoint } from './SetPoint.tsx';
import { SignalRow } from './SignalRow.tsx';

/** Signals of every device that the header shows, not the list. */
const HEADER_SIGNALS: ReadonlySet<string> = new Set([
  'state',
  'operationId',
  'operationCommand',
  'operationState',
  'operationError',
  'operationMessage',
  'operationResult',
]);

/** The selected device: identity, state, live values, set-points, commands. */
export function Faceplate() {
  const selected = useStore(uiStore, (s) => s.selected);
  const device = useStore(plantStore, (s) =>
    selected === undefined ? undefined : s.devices.get(selected),
  );
  if (device === undefined) {
    return (
      <aside className="face">
        <p className="empty">
          {selected === undefined
            ? 'Nothing is selected. Click a device in the picture or in the tree.'
            : `${selected} has no signals and commands.`}
        </p>
      </aside>
    );
  }
  return <DeviceFace key={device.id} device={device} />;
}

function DeviceFace({ device }: { device: DeviceDescription }) {
  const listed = device.signals.filter(({ name }) => !HEADER_SIGNALS.has(name));
  const read = useSignals([
    ...device.signals.map(({ name }) => `${device.id}.${name}`),
    `${device.id}.state`,
    `${device.id}.operationCommand`,
  ]);
  const state = read(`${device.id}.state`)?.text ?? '–';
  const command = read(`${device.id}.operationCommand`)?.text ?? '';
  const outputs = listed.filter(({ direction }) => direction === 'output');
  const inputs = listed.filter(({ direction }) => direction === 'input');
  return (
    <aside className="face" data-testid="faceplate" aria-label={device.title}>
      <header>
        <h2>{device.title}</h2>
        <p className="muted">
          {device.identity.manufacturer} {device.identity.model}
        </p>
        <div className="state">
          <span className="chip" data-testid="faceplate-state">
            {state}
          </span>
          {command !== '' && <span className="muted">last command: {command}</span>}
        </div>
      </header>
      <DeviceAlarms device={device} />
      {outputs.length > 0 && (
        <section>
          <h3>Values</h3>
          {outputs.map((signal) => (
            <SignalRow
              key={signal.name}
              device={device.id}
              signal={signal}
              live={read(`${device.id}.${signal.name}`)}
            />
          ))}
        </section>
      )}
      {inputs.length > 0 && (
        <section>
          <h3>Set-points</h3>
          {inputs.map((signal) => (
            <SetPoint
              key={signal.name}
              device={device.id}
              signal={signal}
              live={read(`${device.id}.${signal.name}`)}
            />
          ))}
        </section>
      )}
      {device.commands.length > 0 && (
        <section>
          <h3>Commands</h3>
          {device.commands.map((declared) => (
            <CommandForm key={declared.name} device={device.id} command={declared} />
          ))}
        </section>
      )}
      <section>
        <h3>About</h3>
        <p className="muted">{device.description}</p>
        <p className="muted">
          {device.id} · serial {device.identity.serial} · firmware {device.identity.firmware}
        </p>
      </section>
    </aside>
  );
}
