import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SNAPSHOT_EXTENSION } from '../snapshots/snapshot-file.ts';

/** Where clients of the bench save moments, by names that cannot lead elsewhere. */
export class SnapshotFolder {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** File of a snapshot; undefined when the name is none. */
  path(name: string): string | undefined {
    if (!/^[\w-][\w.-]{0,99}$/.test(name)) return undefined;
    mkdirSync(this.folder, { recursive: true });
    return join(this.folder, `${name}${SNAPSHOT_EXTENSION}`);
  }

  names(): readonly string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((file) => file.endsWith(SNAPSHOT_EXTENSION))
      .map((file) => file.slice(0, -SNAPSHOT_EXTENSION.length))
      .sort();
  }
}
