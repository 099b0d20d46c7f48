import { createContext, use } from 'react';
import type { HostCalls } from './connect-host.ts';

export const HostContext = createContext<HostCalls | undefined>(undefined);

/** The calls that the host answers. */
export function useHost(): HostCalls {
  const host = use(HostContext);
  if (host === undefined) throw new Error('useHost needs a HostContext');
  return host;
}
