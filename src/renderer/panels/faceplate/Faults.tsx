import { Switch } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { CommandOutcome } from '../../../kernel/plant-contract.ts';
import type { ViewFault } from '../../../kernel/view-contract.ts';
import { useHost } from '../../host/host-context.ts';
import { plantStore } from '../../state/plant-store.ts';
import { Answer } from './Answer.tsx';

/** For the instructor: what can go wrong with a device, to be let go wrong and put right again. */
export function Faults({
  device,
  isBroken,
}: {
  readonly device: string;
  readonly isBroken: boolean;
}) {
  const host = useHost();
  const [answer, setAnswer] = useState<{ title: string; outcome: CommandOutcome }>();
  const faults = useStore(
    plantStore,
    useShallow((s) => {
      const type = s.scene?.equipment.find(({ id }) => id === device)?.type ?? '';
      return s.scene?.faults[type] ?? [];
    }),
  );
  const active = useStore(plantStore, (s) => s.faults);
  if (faults.length === 0) return null;
  const change = async (fault: string, title: string, on: boolean): Promise<void> => {
    const outcome = await host.fault({ device, fault, active: on });
    setAnswer(outcome.ok ? undefined : { title, outcome });
  };
  const ofSensors = faults.filter(({ signal }) => signal !== undefined);
  const switchFor = ({ name, title, description, signal }: ViewFault): ReactElement => (
    <Switch
      key={name}
      size="xs"
      label={title}
      // Those of sensors read the same for every signal.
      description={signal === undefined ? description : undefined}
      title={description}
      data-testid={`faceplate-fault-${name}`}
      checked={name === 'breakdown' ? isBroken : active.has(`${device}.${name}`)}
      onChange={({ currentTarget }) => void change(name, title, currentTarget.checked)}
    />
  );
  return (
    <section>
      <h3>Instructor</h3>
      {answer !== undefined && <Answer {...answer} />}
      <details className="command">
        <summary data-testid="faceplate-open-faults">
          <IconChevronRight size={14} />
          <span className="ellipsis">Let something fail</span>
        </summary>
        <div className="faults">
          {faults.filter(({ signal }) => signal === undefined).map(switchFor)}
        </div>
      </details>
      {ofSensors.length > 0 && (
        <details className="command">
          <summary data-testid="faceplate-open-sensor-faults">
            <IconChevronRight size={14} />
            <span className="ellipsis">Let a sensor fail</span>
          </summary>
          <div className="faults">{ofSensors.map(switchFor)}</div>
        </details>
      )}
    </section>
  );
}
