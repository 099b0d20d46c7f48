/** Ports of a cell cassette, in the order of their fixed layout. */
export const CASSETTE_PORTS = [
  'gasIn',
  'gasOut',
  'liquidIn',
  'liquidOut',
  'product',
  'sample',
  'waste',
] as const;
export type CassettePort = (typeof CASSETTE_PORTS)[number];

/** Ports that one coupling joins, by what it is for. */
export const PORT_SETS = {
  process: ['liquidIn', 'liquidOut', 'waste'],
  perfusion: ['gasIn', 'gasOut', 'liquidIn', 'liquidOut'],
  sample: ['sample'],
  product: ['product', 'liquidIn'],
} as const satisfies Readonly<Record<string, readonly CassettePort[]>>;
export type PortSet = keyof typeof PORT_SETS;

/** A sterile connection between a module and the vessel in one of its places. */
export interface Coupling {
  /** Device that made it. */
  readonly connector: string;
  readonly vessel: string;
  readonly ports: PortSet;
  /** Whether liquid and gas can pass. */
  readonly open: boolean;
  readonly sterile: boolean;
  /** Fraction of what is moved through it that gets out, 0 when tight. */
  readonly leak: number;
}
