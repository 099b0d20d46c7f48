import {
  CanvasTexture,
  InstancedBufferAttribute,
  InstancedMesh,
  Matrix4,
  MeshStandardMaterial,
  PlaneGeometry,
  SRGBColorSpace,
  Vector3,
} from 'three';
import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import { devicePoses } from '../../state/device-poses.ts';
import { deviceMatrix, type Fleet } from './fleet.ts';

/** Cells of the common texture [px]. */
const CELL = { width: 170, height: 32 };
const TEXTURE_WIDTH = 2048;
const COLUMNS = Math.floor(TEXTURE_WIDTH / CELL.width);
/** Devices beyond this number have no plates. */
const MOST_ROWS = Math.floor(4096 / CELL.height);
const FONT = '600 19px "Inter Variable", sans-serif';

const matrix = new Matrix4();
const local = new Matrix4();
const UPRIGHT = new Matrix4().makeRotationX(Math.PI / 2);
const size = new Vector3();

/** Names on the fronts of devices, all in one texture and one call. */
export class NamePlates {
  readonly object: InstancedMesh;
  private readonly fleet: Fleet;
  private readonly cells = new Map<number, number>();
  private readonly texture: CanvasTexture;

  constructor(fleet: Fleet, equipment: readonly ViewEquipment[]) {
    this.fleet = fleet;
    equipment.forEach((_, device) => {
      const has = fleet.prototypeAt(device)?.model.label !== undefined;
      if (has && this.cells.size < COLUMNS * MOST_ROWS) this.cells.set(device, this.cells.size);
    });
    const rows = Math.max(1, Math.ceil(this.cells.size / COLUMNS));
    const canvas = document.createElement('canvas');
    canvas.width = TEXTURE_WIDTH;
    canvas.height = rows * CELL.height;
    this.texture = new CanvasTexture(canvas);
    this.texture.colorSpace = SRGBColorSpace;
    this.texture.anisotropy = 8;
    const geometry = new PlaneGeometry(1, 1).translate(0.5, 0.5, 0);
    this.object = new InstancedMesh(geometry, this.material(canvas), Math.max(1, this.cells.size));
    this.object.count = this.cells.size;
    this.object.frustumCulled = false;
    this.object.raycast = () => undefined;
    const corners = new Float32Array(2 * this.cells.size);
    for (const [device, cell] of this.cells) {
      corners[2 * cell] = ((cell % COLUMNS) * CELL.width) / canvas.width;
      corners[2 * cell + 1] = 1 - ((Math.floor(cell / COLUMNS) + 1) * CELL.height) / canvas.height;
      this.place(device);
    }
    geometry.setAttribute('cell', new InstancedBufferAttribute(corners, 2));
    const draw = (): void => this.draw(canvas, equipment);
    draw();
    void document.fonts.load(FONT).then(draw);
  }

  picture(): void {
    const { moved } = devicePoses;
    for (let k = 0; k < moved.size; k++) this.place(moved.at(k));
  }

  dispose(): void {
    this.texture.dispose();
    this.object.geometry.dispose();
    this.object.dispose();
  }

  private place(device: number): void {
    const cell = this.cells.get(device);
    const label = this.fleet.prototypeAt(device)?.model.label;
    if (cell === undefined || label === undefined) return;
    deviceMatrix(device, matrix).multiply(local.makeTranslation(...label.at));
    matrix.multiply(UPRIGHT);
    size.set(label.width, (label.width * CELL.height) / CELL.width, 1);
    this.object.setMatrixAt(cell, matrix.scale(size));
    this.object.instanceMatrix.needsUpdate = true;
  }

  private material({ width, height }: HTMLCanvasElement): MeshStandardMaterial {
    const material = new MeshStandardMaterial({ map: this.texture, roughness: 0.5 });
    material.polygonOffset = true;
    material.polygonOffsetFactor = -1;
    const share = `vec2(${(CELL.width / width).toFixed(6)}, ${(CELL.height / height).toFixed(6)})`;
    material.onBeforeCompile = (shader) => {
      shader.vertexShader = shader.vertexShader
        .replace('#include <common>', '#include <common>\nattribute vec2 cell;')
        .replace(
          '#include <uv_vertex>',
          `#include <uv_vertex>\nvMapUv = vMapUv * ${share} + cell;`,
        );
    };
    return material;
  }

  private draw(canvas: HTMLCanvasElement, equipment: readonly ViewEquipment[]): void {
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.fillStyle = '#f3f5f5';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#2b3338';
    pen.font = FONT;
    pen.textBaseline = 'middle';
    for (const [device, cell] of this.cells) {
      const x = (cell % COLUMNS) * CELL.width;
      const y = Math.floor(cell / COLUMNS) * CELL.height;
      pen.fillText(equipment[device]?.title ?? '', x + 7, y + CELL.height / 2 + 1, CELL.width - 14);
    }
    this.texture.needsUpdate = true;
  }
}
