import packageJson from '../../../package.json' with { type: 'json' };
import { BENCH_CALLS, type BenchCall, type BenchField } from '../../kernel/bench-contract.ts';
import { ERROR_CATALOGUE } from '../../kernel/error-catalogue.ts';

const KINDS: Readonly<Record<BenchField['kind'], object>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  texts: { type: 'array', items: { type: 'string' } },
  json: {},
};

function schemaOf(fields: Readonly<Record<string, BenchField>>): object {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, { kind, description }]) => [name, { ...KINDS[kind], description }]),
    ),
    required: entries.filter(([, { optional }]) => optional !== true).map(([name]) => name),
    additionalProperties: false,
  };
}

const json = (schema: object): object => ({ 'application/json': { schema } });

function operationOf(name: string, call: BenchCall): object {
  const refusal = { $ref: '#/components/schemas/Refusal' };
  return {
    post: {
      operationId: name,
      summary: call.description,
      requestBody: { required: false, content: json(schemaOf(call.parameters)) },
      responses: {
        200: { description: 'what came of it', content: json(schemaOf(call.results)) },
        400: { description: 'parameters are missing, unknown or wrong', content: json(refusal) },
        401: { description: 'the token is missing or wrong', content: json(refusal) },
        409: { description: 'refused by the plant or the bench', content: json(refusal) },
      },
    },
  };
}

/** OpenAPI 3.1 document of the bench at an address. */
export function openApiDocument(url: string): object {
  const calls = Object.entries(BENCH_CALLS);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Doppel test bench',
      version: packageJson.version,
      description:
        'Time, faults, snapshots and signals of a SIMULATED plant. Callers that hold the clock are told apart by the header X-Doppel-Client.',
    },
    servers: [{ url: `${url}/api` }],
    security: [{ token: [] }],
    paths: Object.fromEntries(calls.map(([name, call]) => [`/${name}`, operationOf(name, call)])),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Refusal: {
          type: 'object',
          properties: {
            code: { type: 'string', enum: Object.keys(ERROR_CATALOGUE) },
            message: { type: 'string' },
          },
          required: ['code', 'message'],
        },
      },
    },
  };
}
