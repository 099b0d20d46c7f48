import { describe, expect, it } from 'vitest';
import { compares, parseCondition } from '../../src/kernel/condition.ts';
import { parseScene } from '../../src/main/scene-files.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { readFileSync } from 'node:fs';

const SCENE = new URL('../../scenes/expansion-suite.yaml', import.meta.url);
const loaded = parseScene(readFileSync(SCENE, 'utf8'), 'expansion-suite.yaml');
if (!('scene' in loaded)) throw new Error('the scene is broken');
const plant = buildTwin(loaded.scene, 1).describe();
const device = plant.devices.find(({ signals }) => signals.some(({ kind }) => kind === 'number'));
const signal = device?.signals.find(({ kind }) => kind === 'number')?.name ?? '';
const id = device?.id ?? '';
const alarmed = plant.devices.find(({ alarms }) => alarms.length > 0);
const alarm = alarmed?.alarms[0]?.name ?? '';

describe('the text of a condition', () => {
  it('compares signals, alarms and events, joined by and and or', () => {
    const text = `${id}.${signal} >= -1.5e1 and ${id}.state != "off" or alarm ${alarmed?.id}.${alarm} cleared or event device.operation.failed ${id} spin`;
    expect(parseCondition(text, plant)).toEqual({
      ok: true,
      value: [
        [
          { device: id, signal, operator: '>=', value: -15 },
          { device: id, signal: 'state', operator: '!=', value: 'off' },
        ],
        [{ alarm: 'cleared', device: alarmed?.id, name: alarm }],
        [{ event: 'device.operation.failed', device: id, name: 'spin' }],
      ],
    });
    expect(parseCondition('alarm', plant)).toEqual({
      ok: true,
      value: [[{ alarm: 'raised', device: '', name: '' }]],
    });
  });

  it.each([
    ['', 'INVALID_PARAMETER', 'is no condition'],
    [`${id}.${signal}`, 'INVALID_PARAMETER', 'is no condition'],
    [`${id}.${signal} > warm`, 'INVALID_PARAMETER', 'a value of kind number'],
    [`${id}.state > running`, 'INVALID_PARAMETER', 'use == or !='],
    [`${id}.warmth > 5`, 'UNKNOWN_SIGNAL', signal],
    [`nobody.${signal} > 5`, 'UNKNOWN_DEVICE', id],
    [`alarm ${alarmed?.id}.fire`, 'UNKNOWN_ALARM', alarm],
    ['alarm nobody', 'UNKNOWN_DEVICE', id],
    [`alarm ${alarmed?.id} often raised`, 'INVALID_PARAMETER', 'raised, cleared or acknowledged'],
    ['event party', 'INVALID_PARAMETER', 'device.operation.failed'],
    ['event alarm.raised nobody', 'UNKNOWN_DEVICE', id],
  ])('%j is refused with the remedy', (text, code, words) => {
    const parsed = parseCondition(text, plant);
    expect(parsed).toMatchObject({ ok: false, error: { code } });
    expect(parsed.ok ? '' : parsed.error.message).toContain(words);
  });

  it.each([
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['==', [false, true, false]],
    ['!=', [true, false, true]],
    ['>=', [false, true, true]],
    ['>', [false, false, true]],
  ] as const)('1, 2 and 3 %s 2', (operator, holds) => {
    const term = { device: 'd', signal: 's', operator, value: 2 };
    expect([1, 2, 3].map((shown) => compares(shown, term))).toEqual(holds);
  });
});
