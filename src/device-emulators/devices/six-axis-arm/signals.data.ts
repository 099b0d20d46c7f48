import type { NumberSignal } from '../../definition/signal.ts';
import { LONGEST_TRACK } from './state.ts';

function output(
  title: string,
  unit: string,
  range: readonly [number, number],
  resolution: number,
  functionalUnit: string,
): NumberSignal {
  return {
    kind: 'number',
    title,
    direction: 'output',
    unit,
    range,
    resolution,
    functionalUnit,
    fidelity: 'assumed',
  };
}

/** Positions of the joints; the resolution is that of the encoders. */
export const JOINT_SIGNALS = {
  track: output('Track position', 'm', [0, LONGEST_TRACK], 1e-4, 'Arm'),
  joint1: output('Joint 1, turn', 'deg', [-360, 360], 0.01, 'Arm'),
  joint2: output('Joint 2, lift', 'deg', [-360, 360], 0.01, 'Arm'),
  joint3: output('Joint 3, elbow', 'deg', [-360, 360], 0.01, 'Arm'),
  joint4: output('Joint 4, roll', 'deg', [-360, 360], 0.01, 'Arm'),
  joint5: output('Joint 5, bend', 'deg', [-360, 360], 0.01, 'Arm'),
  joint6: output('Joint 6, spin', 'deg', [-360, 360], 0.01, 'Arm'),
} as const;

/** Position of the point between the fingertips in the world, and its speed. */
export const TCP_SIGNALS = {
  tcpX: output('Gripper X', 'm', [-100, 100], 1e-4, 'Arm'),
  tcpY: output('Gripper Y', 'm', [-100, 100], 1e-4, 'Arm'),
  tcpZ: output('Gripper Z', 'm', [-100, 100], 1e-4, 'Arm'),
  speed: output('Gripper speed', 'm/s', [0, 20], 1e-3, 'Arm'),
} as const;
