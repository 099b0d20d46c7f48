import { useStore } from 'zustand';
import { useHost } from '../host/host-context.ts';
import { plantStore } from '../state/plant-store.ts';
import { formatClock, formatElapsed, formatSpeed } from './format.ts';

const SPEEDS = [1, 2, 5, 10, 60, 600, 3600, 36_000] as const;
/** Slower than this share of what was asked for is worth telling. */
const LATE = 0.9;

/** The one place that owns time: run, freeze, step, pace, and the simulated clock. */
export function TimeBar() {
  const host = useHost();
  const time = useStore(plantStore, (s) => s.time);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  const running = time?.running ?? false;
  const asked = time?.askedSpeed;
  const fixed = time === undefined || time.mode === 'lockstep';
  const late =
    running && typeof asked === 'number' && time !== undefined && time.achievedSpeed < asked * LATE;
  const speedChoice = asked === null ? 'max' : String(asked ?? 1);
  const known = speedChoice === 'max' || SPEEDS.some((s) => String(s) === speedChoice);
  return (
    <footer className="time" aria-label="Simulated time">
      <button
        type="button"
        className="button primary"
        data-testid="time-toggle"
        disabled={fixed}
        title="Run or freeze (Space)"
        onClick={() => void host.time({ action: running ? 'freeze' : 'run' })}
      >
        {running ? '❚❚ Freeze' : '▶ Run'}
      </button>
      <button
        type="button"
        className="button"
        data-testid="time-step"
        disabled={fixed || running}
        title="To the next event (.)"
        onClick={() => void host.time({ action: 'step' })}
      >
        Step
      </button>
      <select
        className="input"
        style={{ width: 112 }}
        aria-label="Speed"
        data-testid="time-speed"
        disabled={fixed}
        value={speedChoice}
        onChange={({ target }) => {
          const speed = target.value === 'max' ? 'max' : Number(target.value);
          void host.time({ action: running ? 'run' : 'freeze', speed });
        }}
      >
        {!known && <option value={speedChoice}>{formatSpeed(Number(speedChoice))}</option>}
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {speed === 1 ? 'real time' : formatSpeed(speed)}
          </option>
        ))}
        <option value="max">maximum</option>
      </select>
      <span className={`speed ${late ? 'late' : 'muted'}`} data-testid="time-achieved">
        {running ? `reached ${formatSpeed(time?.achievedSpeed ?? 0)}` : 'frozen'}
        {late && ' ● late'}
      </span>
      <span className="spacer" />
      <span className="muted">{formatElapsed(time?.time ?? 0)}</span>
      <span className="clock" data-testid="time-clock">
        {formatClock(epoch, time?.time ?? 0)}
      </span>
      <span className="muted">UTC, simulated</span>
    </footer>
  );
}
