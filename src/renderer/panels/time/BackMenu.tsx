import { Button, Menu, Tooltip } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useHost } from '../../host/host-context.ts';
import { formatSpan } from '../format.ts';

const MINUTE = 60e6;
/** How far back [us]. */
const SPANS = [1, 10, 60, 6 * 60, 24 * 60].map((minutes) => minutes * MINUTE);

interface BackMenuProps {
  /** Present simulated time [us]. */
  readonly now: number;
  readonly isConnected: boolean;
}

/** Takes the plant back by some time, where it stands frozen. */
export function BackMenu({ now, isConnected }: BackMenuProps) {
  const host = useHost();
  const [refusal, setRefusal] = useState('');
  const goBack = async (time: number): Promise<void> => {
    const outcome = await host.goBack(time);
    setRefusal(outcome.ok ? '' : outcome.error.message);
  };
  return (
    <>
      <Menu position="top" width={240}>
        <Menu.Target>
          <Tooltip label="Take the plant back">
            <Button
              variant="subtle"
              color="gray"
              data-testid="time-back"
              disabled={!isConnected || now === 0}
              leftSection={<IconHistory size={14} />}
            >
              Back
            </Button>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            What happened since then is undone. The plant stands frozen there.
          </Menu.Label>
          {SPANS.filter((span) => span <= now).map((span) => (
            <Menu.Item
              key={span}
              py={4}
              data-testid={`back-${span / MINUTE}`}
              onClick={() => void goBack(now - span)}
            >
              by {formatSpan(span)}
            </Menu.Item>
          ))}
          <Menu.Item py={4} data-testid="back-to-start" onClick={() => void goBack(0)}>
            to the beginning
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {refusal !== '' && (
        <span className="muted" role="alert" data-testid="back-refused">
          {refusal}
        </span>
      )}
    </>
  );
}
