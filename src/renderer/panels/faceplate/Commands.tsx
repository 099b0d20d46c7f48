import { Button } from '@mantine/core';
import { useState } from 'react';
import type {
  CommandDescription,
  CommandOutcome,
  DeviceDescription,
  Value,
} from '../../../kernel/plant-contract.ts';
import { useHost } from '../../host/host-context.ts';
import { Answer } from './Answer.tsx';
import { CommandForm } from './CommandForm.tsx';

interface CommandsProps {
  readonly device: DeviceDescription;
  readonly isBusy: boolean;
}

/** Everything the device can be told; its latest answer stays in view above. */
export function Commands({ device, isBusy }: CommandsProps) {
  const host = useHost();
  const [answer, setAnswer] = useState<{ title: string; outcome: CommandOutcome }>();
  const [waiting, setWaiting] = useState(false);
  const send = async (
    { name, title }: CommandDescription,
    parameters: Readonly<Record<string, Value>>,
  ): Promise<void> => {
    setWaiting(true);
    const outcome = await host.command({ device: device.id, command: name, parameters });
    setAnswer({ title, outcome });
    setWaiting(false);
  };
  const plain = device.commands.filter(({ parameters }) => parameters.length === 0);
  const withParameters = device.commands.filter(({ parameters }) => parameters.length > 0);
  return (
    <section>
      <h3>Commands</h3>
      {answer !== undefined && <Answer {...answer} />}
      {plain.length > 0 && (
        <div className="command-buttons">
          {plain.map((command) => (
            <Button
              key={command.name}
              data-testid={`faceplate-command-${command.name}`}
              title={command.description}
              disabled={waiting || (command.execution === 'abort' && !isBusy)}
              onClick={() => void send(command, {})}
            >
              {command.title}
            </Button>
          ))}
        </div>
      )}
      {withParameters.map((command) => (
        <CommandForm
          key={command.name}
          command={command}
          isWaiting={waiting}
          onSend={(parameters) => void send(command, parameters)}
        />
      ))}
    </section>
  );
}
