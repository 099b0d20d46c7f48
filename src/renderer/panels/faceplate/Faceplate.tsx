import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocus2, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { DeviceDescription, SignalDescription } from '../../../kernel/plant-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { uiStore } from '../../state/ui-store.ts';
import { useSignals } from '../../state/use-signals.ts';
import { formatState } from '../state-text.ts';
import { Commands } from './Commands.tsx';
import { DeviceAlarms } from './DeviceAlarms.tsx';
import { DeviceEvents } from './DeviceEvents.tsx';
import { Faults } from './Faults.tsx';
import { DeviceJourney } from '../journey/DeviceJourney.tsx';
import { OperationStatus } from './OperationStatus.tsx';
import { Ports } from './Ports.tsx';
import { SetPoint } from './SetPoint.tsx';
import { SignalRow } from './SignalRow.tsx';

/** Signals of every device that the header shows, not the list. */
const HEADER_SIGNALS = [
  'state',
  'operationId',
  'operationCommand',
  'operationState',
  'operationError',
  'operationMessage',
] as const;

/** Signal with the ports of a cassette, shown as a table. */
const PORTS = 'ports';

/** The selected device: identity, state, live values, set-points, commands. */
export function Faceplate() {
  const selected = useStore(uiStore, (s) => s.selected);
  const device = useStore(plantStore, (s) =>
    selected === undefined ? undefined : s.devices.get(selected),
  );
  if (device === undefined) {
    return (
      <aside className="face" aria-label="Faceplate">
        <div className="empty">
          <p>
            <strong>No device selected</strong>
          </p>
          <p>Click a device in the picture or in the tree to see its values and give commands.</p>
        </div>
      </aside>
    );
  }
  return <DeviceFace key={device.id} device={device} />;
}

function DeviceFace({ device }: { readonly device: DeviceDescription }) {
  const { id, signals } = device;
  const names = new Set([...HEADER_SIGNALS, ...signals.map(({ name }) => name)]);
  const readPath = useSignals([...names].map((name) => `${id}.${name}`));
  const read = (name: string) => readPath(`${id}.${name}`);
  const text = (name: (typeof HEADER_SIGNALS)[number]): string => read(name)?.text ?? '';
  const outputs = signals.filter(({ direction, name }) => direction === 'output' && name !== PORTS);
  const inputs = signals.filter(({ direction }) => direction === 'input');
  const setPointOf = ({ name }: SignalDescription): number | undefined =>
    inputs.some((input) => input.name === `${name}Setpoint`)
      ? read(`${name}Setpoint`)?.value
      : undefined;
  return (
    <aside className="face" data-testid="faceplate" aria-label={`Faceplate of ${device.title}`}>
      <Header device={device} state={text('state')} />
      <OperationStatus
        device={device}
        operation={{
          id: read('operationId')?.value ?? 0,
          command: text('operationCommand'),
          state: text('operationState'),
          error: text('operationError'),
          message: text('operationMessage'),
        }}
      />
      <DeviceAlarms device={device} />
      {outputs.length > 0 && (
        <section>
          <h3>Values</h3>
          {outputs.map((signal) => (
            <SignalRow
              key={signal.name}
              device={id}
              signal={signal}
              live={read(signal.name)}
              setPoint={setPointOf(signal)}
            />
          ))}
        </section>
      )}
      {inputs.length > 0 && (
        <section>
          <h3>Set-points</h3>
          {inputs.map((signal) => (
            <SetPoint key={signal.name} device={id} signal={signal} live={read(signal.name)} />
          ))}
        </section>
      )}
      {device.commands.length > 0 && (
        <Commands device={device} isBusy={text('operationState') === 'running'} />
      )}
      {names.has(PORTS) && <Ports text={read(PORTS)?.text ?? ''} />}
      {device.body !== '' && <DeviceJourney device={id} />}
      <Faults device={id} isBroken={text('state') === 'broken'} />
      <DeviceEvents device={device} />
      <section className="about muted">
        <h3>About</h3>
        <p>{device.description}</p>
        <p>
          {device.identity.manufacturer} {device.identity.model} · serial {device.identity.serial} ·
          firmware {device.identity.firmware}
        </p>
        <p>
          <code>{id}</code> · {device.type}
        </p>
      </section>
    </aside>
  );
}

interface HeaderProps {
  readonly device: DeviceDescription;
  readonly state: string;
}

function Header({ device, state }: HeaderProps) {
  const zone = useStore(plantStore, (s) => s.scene?.zones.find(({ id }) => id === device.zone));
  const { focus, select } = uiStore.getState();
  return (
    <header>
      <div className="face-title">
        <h2 className="ellipsis">{device.title}</h2>
        <Tooltip label="Look at it (F)">
          <ActionIcon aria-label="Look at it" onClick={() => focus(device.id)}>
            <IconFocus2 size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close" onClick={() => select(undefined)}>
            <IconX size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="face-state">
        <span className="chip" data-testid="faceplate-state">
          {formatState(state) || '–'}
        </span>
        <span className="muted ellipsis">
          {zone?.title ?? 'Outside'} · {device.identity.model}
        </span>
      </div>
    </header>
  );
}
