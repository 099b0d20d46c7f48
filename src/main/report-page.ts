const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 "Inter", system-ui, sans-serif; color: #1d2731; background: #f4f6f8; margin: 0; }
main { max-width: 1440px; margin: 0 auto; padding: 40px 32px 64px; }
h1 { font-size: 28px; font-weight: 640; letter-spacing: -0.01em; margin: 0 0 4px; }
h2 { font-size: 16px; font-weight: 620; margin: 0 0 12px; }
.lead { color: #55606c; margin: 0 0 28px; }
.grid-2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(600px, 1fr)); gap: 20px; }
section { background: #fff; border: 1px solid #e1e6eb; border-radius: 10px; padding: 20px 24px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 6px 8px; border-bottom: 1px solid #edf0f3; }
th:first-child, td:first-child { text-align: left; }
thead th { font-weight: 600; color: #55606c; border-bottom: 1px solid #cfd6dd; }
.key { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 7px; vertical-align: -1px; }
svg { max-width: 100%; height: auto; }
svg text { font: 12px "Inter", system-ui, sans-serif; fill: #3a4651; }
svg .label { text-anchor: end; } svg .tick { text-anchor: middle; fill: #6b7681; }
svg .value { fill: #55606c; } svg .grid { stroke: #e6eaee; }
.none { color: #6b7681; }
.good { font-size: 17px; margin: 0 0 20px; }
section + section { margin-top: 20px; } .grid-2 section + section { margin-top: 0; }
.case { border-top: 1px solid #edf0f3; padding: 9px 0; display: grid; grid-template-columns: 22px 1fr auto; gap: 2px 8px; }
.case:first-of-type { border-top: 0; } .case .when { color: #6b7681; font-variant-numeric: tabular-nums; }
.case .mark { font-weight: 700; } .passed .mark { color: #1a7f52; } .failed .mark, .error .mark { color: #b42318; }
.case .name { color: #6b7681; font: 13px "JetBrains Mono", ui-monospace, monospace; }
.case ul { grid-column: 2 / 4; margin: 4px 0 2px; padding-left: 18px; color: #7a271a; }
.case code { grid-column: 2 / 4; font: 12.5px "JetBrains Mono", ui-monospace, monospace; background: #f4f6f8; border-radius: 5px; padding: 4px 8px; overflow-x: auto; }
.meter { display: inline-block; width: 88px; height: 7px; border-radius: 4px; background: #e6eaee; overflow: hidden; vertical-align: 1px; }
.meter i { display: block; height: 100%; background: #0072b2; }
details { border-top: 1px solid #edf0f3; padding: 7px 0; } summary { cursor: pointer; }
details p { margin: 6px 0; color: #3a4651; } details b { font-weight: 600; color: #55606c; }
`;

/** A page that needs nothing else. */
export interface ReportPage {
  readonly title: string;
  /** What it is about; HTML. */
  readonly lead: string;
  /** HTML. */
  readonly body: string;
}

export function reportPage({ title, lead, body }: ReportPage): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeText(title)}</title>
<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><main>
<h1>${escapeText(title)}</h1>
<p class="lead">${lead}</p>
${body}
</main></body></html>
`;
}

/** A framed part of a page; `content` is HTML. */
export function panel(title: string, content: string): string {
  return `<section><h2>${escapeText(title)}</h2>${content}</section>`;
}

/** A table of plain texts. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: 'th' | 'td'): string =>
    row.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join('');
  return `<table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row, 'td')}</tr>`)
    .join('')}</tbody></table>`;
}

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
