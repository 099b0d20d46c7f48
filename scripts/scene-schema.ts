import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deviceDefinitions } from '../src/main/device-registry.ts';
import { sceneJsonSchema } from '../src/twin/scene/json-schema.ts';

/** Writes the JSON Schema that editors check scene files with. */
const path = fileURLToPath(new URL('../scenes/scene.schema.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(sceneJsonSchema(deviceDefinitions().values()), null, 2)}\n`);
