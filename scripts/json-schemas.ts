import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deviceDefinitions } from '../src/main/device-registry.ts';
import { suiteJsonSchema } from '../src/main/suite/schema.ts';
import { sceneJsonSchema } from '../src/twin/scene/json-schema.ts';

/** Writes the JSON Schemas that editors check scenes and suites with. */
function write(path: string, schema: unknown): void {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}

write('scenes/scene.schema.json', sceneJsonSchema(deviceDefinitions().values()));
write('scenarios/suite.schema.json', suiteJsonSchema());
