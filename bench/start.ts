/** Times from the start of this process to a plant that is ready, and to the next one in the same process [ms]. */
import { fileURLToPath } from 'node:url';
import { startPlant } from '../clients/typescript/plant.ts';

const scene = fileURLToPath(new URL('../scenes/enclosed-plant.yaml', import.meta.url));
const options = { scene, opcua: process.argv.includes('--opcua') };
const one = await startPlant(options);
const first = performance.now();
await one.close();
const from = performance.now();
const two = await startPlant(options);
const next = performance.now() - from;
await two.close();
console.log(JSON.stringify({ first, next }));
process.exit(0);
