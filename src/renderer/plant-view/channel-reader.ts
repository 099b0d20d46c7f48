import type { ViewEquipment } from '../../kernel/view-contract.ts';
import { frameStore } from '../state/frame-store.ts';
import type { FleetFrame } from './fleet/fleet-model.ts';

/** The channels of one device in the present picture. */
export class ChannelReader implements FleetFrame {
  dt = 0;
  angle = 0;
  private readonly first: number;
  private readonly names: readonly string[];

  constructor({ firstChannel, channels }: ViewEquipment) {
    this.first = firstChannel;
    this.names = channels;
  }

  channel(name: string, fallback: number): number {
    const i = this.names.indexOf(name);
    return i < 0 ? fallback : (frameStore.current[this.first + i] ?? fallback);
  }
}
