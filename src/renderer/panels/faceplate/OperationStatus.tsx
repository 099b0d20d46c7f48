import { useStore } from 'zustand';
import type { DeviceDescription } from '../../../kernel/plant-contract.ts';
import { plantStore } from '../../state/plant-store.ts';
import { formatSpan } from '../format.ts';

export interface Operation {
  readonly id: number;
  readonly command: string;
  readonly state: string;
  readonly error: string;
  readonly message: string;
}

interface OperationStatusProps {
  readonly device: DeviceDescription;
  readonly operation: Operation;
}

/** The latest operation of a device: how long it runs, or how it ended. */
export function OperationStatus({ device, operation }: OperationStatusProps) {
  const { id, command, state, error, message } = operation;
  const isRunning = state === 'running';
  const now = useStore(plantStore, (s) => (isRunning ? (s.time?.time ?? 0) : 0));
  const started = useStore(plantStore, ({ events }) => {
    return events.find(
      (event) =>
        event.type === 'device.operation.started' &&
        event.device === device.id &&
        event.operation === id,
    )?.time;
  });
  if (id === 0 || command === '') return null;
  const title = device.commands.find(({ name }) => name === command)?.title ?? command;
  const failed = state === 'failed' || state === 'aborted';
  return (
    <div
      className={failed ? 'operation failed' : 'operation'}
      data-testid="faceplate-operation"
      role="status"
    >
      <span>
        <strong>{title}</strong> {failed && message.startsWith(state) ? message : state}
        {isRunning && started !== undefined && ` for ${formatSpan(now - started)}`}
        {failed && message !== '' && !message.startsWith(state) && `: ${message}`}
      </span>
      <span className="muted">{failed && error !== '' ? <code>{error}</code> : `no. ${id}`}</span>
      {isRunning && <i className="working" />}
    </div>
  );
}
