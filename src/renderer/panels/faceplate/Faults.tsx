import { Switch } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { CommandOutcome } from '../../../kernel/plant-contract.ts';
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
    useShallow((s) => s.scene?.equipment.find(({ id }) => id === device)?.faults ?? []),
  );
  const active = useStore(plantStore, (s) => s.faults);
  if (faults.length === 0) return null;
  const change = async (fault: string, title: string, on: boolean): Promise<void> => {
    const outcome = await host.fault({ device, fault, active: on });
    setAnswer(outcome.ok ? undefined : { title, outcome });
  };
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
          {faults.map(({ name, title, description }) => (
            <Switch
              key={name}
              size="xs"
              label={title}
              description={description}
              data-testid={`faceplate-fault-${name}`}
              checked={name === 'breakdown' ? isBroken : active.has(`${device}.${name}`)}
              onChange={({ currentTarget }) => void change(name, title, currentTarget.checked)}
            />
          ))}
        </div>
      </details>
    </section>
  );
}
