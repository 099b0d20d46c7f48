interface Port {
  readonly port: string;
  readonly barcode: string;
  readonly uses: number;
}

/** Empty when the text is no list of ports, as before the first value came. */
export function parsePorts(text: string): readonly Port[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as Port[]) : [];
  } catch {
    return [];
  }
}
