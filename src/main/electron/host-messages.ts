import { z } from 'zod';
import type { HostSession } from '../../kernel/desktop-contract.ts';

/** What the desktop shell wants simulated, in the words of `doppel serve`. */
export const hostRequest = z.strictObject({
  scene: z.string().min(1),
  seed: z.int().min(0),
  time: z.string(),
  control: z.string(),
  /** 0 takes any free port. */
  opcuaPort: z.int().min(0).max(65_535),
});
export type HostRequest = z.infer<typeof hostRequest>;

/** Shell to host process. */
export type ToHost = { readonly kind: 'start'; readonly request: HostRequest };

/** Host process to shell. */
export type FromHost =
  | { readonly kind: 'ready'; readonly session: HostSession; readonly opcua: string }
  | { readonly kind: 'ended'; readonly message: string };
