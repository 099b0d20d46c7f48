import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCENES_FOLDER, parseScene } from '../../src/main/scene-files.ts';

const FILE = 'planted.yaml';

/** A hall with an arm and, unless replaced, three stations that it reaches. */
function scene(devices: Readonly<Record<string, string>> = {}): string {
  const all: Readonly<Record<string, string>> = {
    robot: 'type: six-axis-arm, at: [4 m, 1.6 m, 0 m]',
    rack: 'type: bottle-rack, at: [3 m, 2.6 m, 0.85 m]',
    'lock-in': 'type: lock, at: [4.2 m, 2.7 m, 0.5 m]',
    handler: 'type: liquid-handler, at: [5.4 m, 2.65 m, 0.85 m]',
    ...devices,
  };
  return `doppel: 1
name: planted
title: Planted
epoch: 2026-01-05T06:00:00Z
zones:
  hall: { title: Hall, grade: A, min: [0 m, 0 m, 0 m], max: [9 m, 3.2 m, 2.9 m], pressure: 15 Pa, temperature: 21 degC, humidity: 45 %, airChanges: 20 /h }
devices:
${Object.entries(all)
  .map(([id, rest]) => `  ${id}: { title: ${id}, zone: hall, ${rest} }`)
  .join('\n')}
`;
}

function problemsOf(text: string) {
  const loaded = parseScene(text, FILE, { reach: true });
  const lines = text.split('\n');
  const problems = 'problems' in loaded ? loaded.problems : [];
  return problems.map((problem) => ({ ...problem, text: lines[problem.line - 1] ?? '' }));
}

describe('reachability', () => {
  it('of every place of the enclosed plant is given', () => {
    const path = `${SCENES_FOLDER}enclosed-plant.yaml`;
    const loaded = parseScene(readFileSync(path, 'utf8'), path, { reach: true });
    expect('problems' in loaded ? loaded.problems : []).toEqual([]);
  });

  it('is given where all stations stand well, and is not asked for unless wanted', () => {
    expect(problemsOf(scene())).toEqual([]);
    const far = scene({ rack: 'type: bottle-rack, at: [8.5 m, 2.6 m, 0.85 m]' });
    expect(parseScene(far, FILE)).toHaveProperty('scene');
  });

  it('names a station out of reach, its line, and a remedy', () => {
    const problems = problemsOf(scene({ rack: 'type: bottle-rack, at: [8.5 m, 2.6 m, 0.85 m]' }));
    expect(problems).toHaveLength(8);
    for (const problem of problems) {
      expect(problem.file).toBe(FILE);
      expect(problem.text).toContain('rack:');
      expect(problem.message).toMatch(/^robot cannot fetch a .* from rack\.rack\d: .*cannot reach/);
      expect(problem.remedy).toBe("Move rack nearer to the robot's track.");
    }
  });

  it('names what stands between the robot and a station', () => {
    const wall = 'type: bag-stand, at: [3 m, 2.1 m, 0.9 m]';
    const problems = problemsOf(scene({ wall }));
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.text).toContain('rack:');
    const messages = problems.map(({ message }) => message).join('\n');
    expect(messages).toMatch(/(gripper|wrist|forearm|elbow|upper-arm|the vessel) would touch wall/);
    expect(problems[0]?.remedy).toContain('move what is in the way');
  });

  it('finds a station with its back to the robot, and the roof over one', () => {
    const turned = problemsOf(
      scene({ handler: 'type: liquid-handler, at: [5.4 m, 2.65 m, 0.85 m], yaw: 180 deg' }),
    );
    expect(turned.map(({ message }) => message).join()).toMatch(/from handler\.deck\d: .*handler/);
    const roofed = problemsOf(scene({ roof: 'type: lock, at: [3 m, 2.6 m, 1.4 m]' }));
    expect(roofed.map(({ message }) => message).join()).toMatch(/from rack\.rack1: .*roof/);
  });

  it('keeps the arm off the walls', () => {
    const beyond = scene().replace('3.2 m, 2.9 m]', '3.2 m, 1.9 m]');
    expect(
      problemsOf(beyond)
        .map(({ message }) => message)
        .join(),
    ).toContain('ceiling of hall');
  });
});
