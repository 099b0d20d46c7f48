import {
  CanvasTexture,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  SRGBColorSpace,
} from 'three';
import type { Assembly, Point } from '../assembly.ts';
import { MATERIALS } from '../materials.ts';

export interface ScreenText {
  readonly title: string;
  readonly state: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
}

/** A small device display with live text. */
export interface Screen {
  readonly mesh: Mesh;
  show(text: ScreenText): void;
}

const WIDTH = 320;
const FONT = '"Inter Variable", system-ui, sans-serif';

/**
 * Display in a dark bezel facing -Y, its lower edge at `at`; `tilt` leans its top back [rad]. The
 * bezel goes into `body`.
 */
export function addScreen(
  body: Assembly,
  width: number,
  height: number,
  at: Point,
  tilt = 0,
): Screen {
  const rows = Math.round((WIDTH * height) / width);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = rows;
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = LinearFilter;
  texture.anisotropy = 4;
  const material = new MeshBasicMaterial({ map: texture, toneMapped: false });
  const mesh = new Mesh(new PlaneGeometry(width, height), material);
  mesh.rotation.x = Math.PI / 2 - tilt;
  mesh.position.set(at[0], at[1] - 0.0085, at[2] + height / 2);
  if (tilt === 0)
    body.box(
      MATERIALS.dark,
      [width + 0.016, 0.016, height + 0.016],
      [at[0], at[1], at[2] - 0.008],
      0.005,
    );
  let shown = '';
  const show = (text: ScreenText): void => {
    const key = JSON.stringify(text);
    if (key === shown) return;
    shown = key;
    const pen = canvas.getContext('2d');
    if (pen !== null) draw(pen, rows, text);
    texture.needsUpdate = true;
  };
  show({ title: '', state: '', lines: [] });
  return { mesh, show };
}

function draw(
  pen: CanvasRenderingContext2D,
  rows: number,
  { title, state, lines }: ScreenText,
): void {
  pen.fillStyle = '#101a20';
  pen.fillRect(0, 0, WIDTH, rows);
  pen.fillStyle = '#1d2d36';
  pen.fillRect(0, 0, WIDTH, 40);
  pen.textBaseline = 'middle';
  pen.fillStyle = '#dfe9ee';
  pen.font = `600 21px ${FONT}`;
  pen.fillText(title, 14, 21, WIDTH - 28);
  pen.fillStyle = '#9fc4d6';
  pen.font = `600 30px ${FONT}`;
  pen.fillText(state, 14, 68, WIDTH - 28);
  let y = 108;
  for (const { label, value } of lines) {
    if (y > rows - 12) return;
    pen.font = `400 19px ${FONT}`;
    pen.fillStyle = '#8fa1ab';
    pen.textAlign = 'left';
    pen.fillText(label, 14, y, WIDTH * 0.55);
    pen.font = `600 21px ${FONT}`;
    pen.fillStyle = '#f1f6f8';
    pen.textAlign = 'right';
    pen.fillText(value, WIDTH - 14, y, WIDTH * 0.45);
    pen.textAlign = 'left';
    y += 32;
  }
}
