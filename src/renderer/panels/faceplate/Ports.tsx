import { parsePorts } from './parse-ports.ts';

/** Ports of a cassette with their barcodes and how often each was coupled. */
export function Ports({ text }: { readonly text: string }) {
  const ports = parsePorts(text);
  if (ports.length === 0) return null;
  return (
    <section data-testid="faceplate-ports">
      <h3>Ports</h3>
      <table className="ports">
        <thead className="muted">
          <tr>
            <th>Port</th>
            <th>Barcode</th>
            <th>Uses</th>
          </tr>
        </thead>
        <tbody>
          {ports.map(({ port, barcode, uses }) => (
            <tr key={port}>
              <td>{port}</td>
              <td>
                <code>{barcode}</code>
              </td>
              <td>{uses}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
