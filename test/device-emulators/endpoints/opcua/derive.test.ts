import { describe, expect, it } from 'vitest';
import { allUnits } from '../../../../src/kernel/units.ts';
import { deriveAddressSpace } from '../../../../src/device-emulators/endpoints/opcua/derive.ts';
import {
  engineeringUnitOf,
  ucumOf,
  uneceUnitId,
} from '../../../../src/device-emulators/endpoints/opcua/engineering-units.ts';
import { UCUM_UNITS, UNECE_UNITS } from '../../../../src/device-emulators/endpoints/opcua/names.ts';
import { inventedDevices } from './memory-port.ts';

const plan = deriveAddressSpace({
  scene: 'invented',
  title: 'Invented',
  epochUnixMicros: 0,
  devices: inventedDevices(['Cel', '{cells}/mL']),
});
const [centrifuge, meter] = plan.devices;

describe('derived address space', () => {
  it('numbers signals device by device, the standing ones after the declared ones', () => {
    const indexes = plan.devices.flatMap((device) => [
      ...device.functionalUnits
        .flatMap((unit) => unit.functions.map(({ index }) => index))
        .sort((a, b) => a - b),
      ...device.standing.map(({ index }) => index),
    ]);
    expect(indexes).toEqual(Array.from({ length: plan.signalCount }, (_, i) => i));
    expect(meter?.standing[0]).toMatchObject({ signal: 'state', index: 9 + 7 + 2 });
  });

  it('sorts functions and methods into functional units', () => {
    const units = centrifuge?.functionalUnits.map(({ name, functions, methods }) => [
      name,
      functions.length,
      methods.map(({ command }) => command.name),
    ]);
    expect(units).toEqual([
      ['Rotor', 1, ['spin']],
      ['Main', 8, ['openLid', 'closeLid', 'abort']],
    ]);
  });

  it('chooses the LADS function by kind and direction', () => {
    const types = centrifuge?.functionalUnits
      .flatMap(({ functions }) => functions)
      .map(({ signal, functionType, valueName }) => [signal.name, functionType, valueName]);
    expect(types).toEqual([
      ['rotorSpeed', 'AnalogScalarSensorFunctionType', 'SensorValue'],
      ['lid', 'MultiStateDiscreteSensorFunctionType', 'SensorValue'],
      ['balanced', 'TwoStateDiscreteSensorFunctionType', 'SensorValue'],
      ['cycles', 'AnalogScalarSensorFunctionType', 'SensorValue'],
      ['program', 'TextSensorFunctionType', 'SensorValue'],
      ['temperatureTarget', 'AnalogControlFunctionType', 'TargetValue'],
      ['lamp', 'TwoStateDiscreteControlFunctionType', 'TargetValue'],
      ['mode', 'MultiStateDiscreteControlFunctionType', 'TargetValue'],
      ['label', 'TextControlFunctionType', 'TargetValue'],
    ]);
  });

  it('types the arguments of commands and says their unit, range and default', () => {
    const spin = centrifuge?.functionalUnits[0]?.methods[0];
    expect(spin?.arguments.map(({ wireType }) => wireType)).toEqual([
      'Double',
      'Double',
      'String',
      'Int32',
      'Int64',
      'Boolean',
      'String',
    ]);
    expect(spin?.arguments[0]?.text).toBe('Acceleration [[g]], 10 to 3000');
    expect(spin?.arguments[1]?.text).toBe('Duration [s], 1 to 3600, usually 300');
    expect(spin?.arguments[2]?.text).toBe('Brake, one of soft, hard, usually soft');
  });
});

describe('engineering units', () => {
  it('follow the unit id rule of OPC 10000-8 (degree Celsius CEL is 4408652)', () => {
    expect(uneceUnitId('CEL')).toBe(4_408_652);
    expect(engineeringUnitOf('Cel')).toEqual({
      namespaceUri: UNECE_UNITS,
      unitId: 4_408_652,
      displayName: '°C',
      description: 'Cel',
    });
    expect(engineeringUnitOf('{cells}/mL')?.namespaceUri).toBe(UCUM_UNITS);
    expect(engineeringUnitOf('')).toBeUndefined();
  });

  it('lead back to the UCUM code of every unit', () => {
    for (const { code } of allUnits()) {
      const unit = engineeringUnitOf(code);
      expect(unit && ucumOf({ ...unit, description: unit.unitId < 0 ? code : '' })).toBe(code);
    }
  });
});
