import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { formatClock } from '../panels/format.ts';
import { plantStore } from '../state/plant-store.ts';

/** Says that what is on screen is old, and what to do about it. */
export function ConnectionBanner() {
  const connection = useStore(plantStore, (s) => s.connection);
  const last = useStore(plantStore, (s) => s.time?.time ?? 0);
  const epoch = useStore(plantStore, (s) => s.scene?.epochUnixMicros ?? 0);
  if (connection === 'connected' || connection === 'connecting') return null;
  const isLost = connection === 'lost';
  return (
    <div className="banner" role="alert" data-testid="connection-banner">
      <IconPlugConnectedX size={18} />
      {isLost
        ? `Connection to the host lost. Trying again; everything shown is from ${formatClock(epoch, last)}.`
        : 'The host does not know this page: it was started anew, or the page came from elsewhere.'}
      <span className="spacer" />
      {!isLost && (
        <Button variant="white" color="dark" onClick={() => window.location.reload()}>
          Load again
        </Button>
      )}
    </div>
  );
}
