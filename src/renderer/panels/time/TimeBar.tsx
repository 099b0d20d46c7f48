import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconMinus,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNext,
  IconPlus,
} from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { TimeMessage } from '../../../kernel/bridge-contract.ts';
import { useHost } from '../../host/host-context.ts';
import { plantStore } from '../../state/plant-store.ts';
import { formatDate, formatElapsed, formatSpeed, formatTimeOfDay } from '../format.ts';
import { BackMenu } from './BackMenu.tsx';
import { meaningOf, neighbour, SPEEDS } from './speeds.ts';

/** Slower than this share of what was asked for is worth telling. */
const LATE = 0.9;

function isLate({ running, askedSpeed, achievedSpeed }: TimeMessage): boolean {
  return running && askedSpeed !== null && achievedSpeed < askedSpeed * LATE;
}

/** The one place that owns time: run, freeze, step, pace, and the simulated clock. */
export function TimeBar() {
  const host = useHost();
  const time = useStore(plantStore, (s) => s.time);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const isConnected = useStore(plantStore, (s) => s.connection === 'connected');
  const running = time?.running ?? false;
  const isFixed = time === undefined || time.mode === 'lockstep' || !isConnected;
  return (
    <footer className="time" aria-label="Simulated time">
      <Tooltip label="Run or freeze (Space)">
        <Button
          variant={running ? 'default' : 'filled'}
          w={96}
          data-testid="time-toggle"
          disabled={isFixed}
          leftSection={
            running ? <IconPlayerPauseFilled size={14} /> : <IconPlayerPlayFilled size={14} />
          }
          onClick={() => void host.time({ action: running ? 'freeze' : 'run' })}
        >
          {running ? 'Freeze' : 'Run'}
        </Button>
      </Tooltip>
      <Tooltip label="To the next event (.)">
        <Button
          data-testid="time-step"
          disabled={isFixed || running}
          leftSection={<IconPlayerTrackNext size={14} />}
          onClick={() => void host.time({ action: 'step' })}
        >
          Step
        </Button>
      </Tooltip>
      <BackMenu now={time?.time ?? 0} isConnected={isConnected} />
      {time?.mode === 'lockstep' ? (
        <span className="muted">The controller grants the time (lockstep).</span>
      ) : (
        <SpeedChoice time={time} isFixed={isFixed} />
      )}
      {time !== undefined && time.mode !== 'lockstep' && <Achieved time={time} />}
      <span className="spacer" />
      <span className="muted" data-testid="time-elapsed" title="Simulated time since the start">
        {formatElapsed(time?.time ?? 0)}
      </span>
      <span className="clock-group" title="Simulated date and time, UTC">
        <span>{formatDate(epoch, time?.time ?? 0)}</span>
        <span className="clock" data-testid="time-clock">
          {formatTimeOfDay(epoch, time?.time ?? 0)}
        </span>
        <span className="muted">UTC simulated</span>
      </span>
    </footer>
  );
}

function Achieved({ time }: { readonly time: TimeMessage }) {
  const late = isLate(time);
  return (
    <span className="achieved" data-testid="time-achieved">
      {late && <i className="late-dot" title="Slower than asked" />}
      {time.running ? `reached ${formatSpeed(time.achievedSpeed)}` : 'frozen'}
    </span>
  );
}

interface SpeedChoiceProps {
  readonly time: TimeMessage | undefined;
  readonly isFixed: boolean;
}

function SpeedChoice({ time, isFixed }: SpeedChoiceProps) {
  const host = useHost();
  const asked = time?.askedSpeed ?? null;
  const ask = (speed: number | 'max'): void =>
    void host.time({ action: time?.running === true ? 'run' : 'freeze', speed });
  return (
    <span className="speed-choice">
      <ActionIcon
        aria-label="Slower"
        disabled={isFixed || asked === SPEEDS[0]}
        onClick={() => ask(neighbour(asked, -1))}
      >
        <IconMinus size={14} />
      </ActionIcon>
      <Menu position="top" width={240}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            w={104}
            data-testid="time-speed"
            aria-label="Speed asked"
            disabled={isFixed}
            rightSection={<IconChevronDown size={13} />}
          >
            {asked === null ? 'maximum' : formatSpeed(asked)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            Controllers think in wall-clock time: the faster the plant, the later they act.
          </Menu.Label>
          {SPEEDS.map((speed) => (
            <Menu.Item
              key={speed}
              py={4}
              data-testid={`speed-${speed}`}
              fw={speed === (asked ?? 'max') ? 650 : 450}
              rightSection={<span className="muted">{meaningOf(speed)}</span>}
              onClick={() => ask(speed)}
            >
              {speed === 'max' ? 'maximum' : formatSpeed(speed)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        aria-label="Faster"
        disabled={isFixed || asked === null}
        onClick={() => ask(neighbour(asked, 1))}
      >
        <IconPlus size={14} />
      </ActionIcon>
    </span>
  );
}
