import type { BaseNode, DataValue, StatusCode, UAVariable, VariantOptions } from 'node-opcua';
import type { Quality, Value } from '../../../kernel/plant-contract.ts';
import type { Micros } from '../../../kernel/time.ts';
import type { Opcua } from './opcua-module.ts';
import type { PlantPort } from './port.ts';

/** A variable fed by one signal of the table. */
export interface Cell {
  readonly node: UAVariable;
  readonly index: number;
  readonly encode: (value: Value) => VariantOptions;
}

/** Keeps variables equal to the signal table: publishes what changed, when it changed. */
export interface CellBoard {
  /** Takes in more variables, which have their present values when it returns. */
  add(cells: readonly Cell[]): void;
  /** Whether a variable is one of its own. */
  has(node: BaseNode): boolean;
  /** Publishes all signals whose value or quality changed. */
  publishChanges(): void;
  /** Brings one variable up to date, its timestamp included, before it is read. */
  refresh(node: UAVariable): void;
  /** Present value for variables that are only read, never subscribed to. */
  snapshot(cell: Cell): DataValue;
}

export function createCellBoard(opcua: Opcua, port: PlantPort): CellBoard {
  const { StatusCodes } = opcua;
  const statusOf: Readonly<Record<Quality, StatusCode>> = {
    0: StatusCodes.Good,
    1: StatusCodes.UncertainEngineeringUnitsExceeded,
    2: StatusCodes.BadSensorFailure,
    3: StatusCodes.GoodLocalOverride,
  };
  const cells: Cell[] = [];
  const values: (Value | undefined)[] = [];
  const qualities: Quality[] = [];
  const times: Micros[] = [];
  const versions: number[] = [];
  const positions = new Map<BaseNode, number>();
  let seen = Number.NaN;

  const publish = (position: number, cell: Cell, value: Value, quality: Quality, time: Micros) => {
    values[position] = value;
    qualities[position] = quality;
    times[position] = time;
    const instant = dateOf(port, time);
    cell.node.setValueFromSource(cell.encode(value), statusOf[quality], instant);
    // A Date ends at milliseconds; readers get the rest of the timestamp in picoseconds.
    const held = (cell.node as unknown as { readonly $dataValue: DataValue }).$dataValue;
    held.sourcePicoseconds = picosecondsOf(port, time);
  };
  return {
    add(more) {
      for (const cell of more) {
        const position = cells.push(cell) - 1;
        positions.set(cell.node, position);
        versions.push(port.readVersion(cell.index));
        const quality = port.readQuality(cell.index);
        publish(position, cell, port.readValue(cell.index), quality, port.readTime(cell.index));
      }
    },
    has: (node) => positions.has(node),
    publishChanges() {
      const counter = port.changeCounter;
      if (counter === seen) return;
      seen = counter;
      for (let position = 0; position < cells.length; position++) {
        const cell = cells[position] as Cell;
        const version = port.readVersion(cell.index);
        if (version === versions[position]) continue;
        versions[position] = version;
        const value = port.readValue(cell.index);
        const quality = port.readQuality(cell.index);
        if (Object.is(value, values[position]) && quality === qualities[position]) continue;
        publish(position, cell, value, quality, port.readTime(cell.index));
      }
    },
    refresh(node) {
      const position = positions.get(node);
      if (position === undefined) return;
      const cell = cells[position] as Cell;
      const value = port.readValue(cell.index);
      const quality = port.readQuality(cell.index);
      const time = port.readTime(cell.index);
      const same = Object.is(value, values[position]) && quality === qualities[position];
      if (!same || time !== times[position]) publish(position, cell, value, quality, time);
    },
    snapshot(cell) {
      return new opcua.DataValue({
        value: cell.encode(port.readValue(cell.index)),
        statusCode: statusOf[port.readQuality(cell.index)],
        sourceTimestamp: dateOf(port, port.readTime(cell.index)),
      });
    },
  };
}

/** What {@link dateOf} leaves out [ps]. */
function picosecondsOf(port: Pick<PlantPort, 'description'>, time: Micros): number {
  return ((port.description.epochUnixMicros + time) % 1000) * 1e6;
}

/** UTC instant of simulated time, to the millisecond. */
export function dateOf(port: Pick<PlantPort, 'description'>, time: Micros): Date {
  return new Date((port.description.epochUnixMicros + time) / 1000);
}
