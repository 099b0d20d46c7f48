import { spawnSync } from 'node:child_process';

/** Runs the test suites; with DOPPEL_TEST_REPORT set, also writes their result as JSON there. */
const report = process.env.DOPPEL_TEST_REPORT;
const args = ['run', ...process.argv.slice(2)];
if (report !== undefined) {
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
}
const { status } = spawnSync('vitest', args, { stdio: 'inherit' });
process.exit(status ?? 1);
