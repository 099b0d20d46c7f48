import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ClientSession,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  SecurityPolicy,
  UserTokenType,
} from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type OpcUaHost,
  startOpcUaHost,
} from '../../../../src/device-emulators/endpoints/opcua/host.ts';
import { loadOpcua } from '../../../../src/device-emulators/endpoints/opcua/opcua-module.ts';
import { isLoopback } from '../../../../src/device-emulators/endpoints/opcua/security.ts';
import { type MemoryPlant, createMemoryPlant, inventedDevices } from './memory-port.ts';

const lines: string[] = [];
let folder: string;
let clientFolder: string;
let plant: MemoryPlant;
let host: OpcUaHost;
let url: string;
let store: OPCUACertificateManager;

beforeAll(async () => {
  await loadOpcua();
  folder = await mkdtemp(join(tmpdir(), 'doppel-opcua-'));
  clientFolder = await mkdtemp(join(tmpdir(), 'doppel-opcua-client-'));
  plant = createMemoryPlant(inventedDevices(['Cel']));
  host = await startOpcUaHost(plant, {
    host: '0.0.0.0',
    port: 0,
    certificateFolder: folder,
    log: (line) => lines.push(line),
    authenticate: (user, password) => password === `${user}'s password`,
    roleOf: (user) => (user === 'olga' ? 'operator' : 'observer'),
  });
  url = host.url.replace('0.0.0.0', '127.0.0.1');
  store = new OPCUACertificateManager({
    rootFolder: clientFolder,
    automaticallyAcceptUnknownCertificate: true,
  });
}, 60_000);

afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true });
  await rm(clientFolder, { recursive: true });
});

async function withSession<T>(
  options: { policy?: SecurityPolicy; user?: string; password?: string },
  use: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const policy = options.policy ?? SecurityPolicy.Basic256Sha256;
  const none = policy === SecurityPolicy.None;
  const client = OPCUAClient.create({
    endpointMustExist: false,
    securityPolicy: policy,
    securityMode: none ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt,
    clientCertificateManager: store,
    connectionStrategy: { maxRetry: 0 },
  });
  try {
    await client.connect(url);
    const { user, password } = options;
    const session =
      user === undefined
        ? await client.createSession()
        : await client.createSession({
            type: UserTokenType.UserName,
            userName: user,
            password: password ?? '',
          });
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  } finally {
    await client.disconnect();
  }
}

const closeLid = async (session: ClientSession): Promise<string> => {
  const ns = (await session.readNamespaceArray()).indexOf('urn:doppel:plant');
  const unit = `ns=${ns};s=centrifuge-FunctionalUnitSet-Main`;
  const result = await session.call({
    objectId: unit,
    methodId: `${unit}-closeLid`,
    inputArguments: [],
  });
  return result.statusCode.name;
};
const olga = { user: 'olga', password: "olga's password" };

describe('OPC UA beyond loopback', () => {
  it('knows what loopback is', () => {
    for (const host of ['127.0.0.1', '127.3.2.1', 'localhost', '::1'])
      expect(isLoopback(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.org', '1270.0.0.1'])
      expect(isLoopback(host)).toBe(false);
  });

  it('turns away a client whose certificate nobody has trusted, and says where it lies', async () => {
    await expect(withSession(olga, closeLid)).rejects.toThrow();
    expect(lines.join('\n')).toContain(join(folder, 'rejected'));
    const rejected = (await readdir(join(folder, 'rejected'))).filter((name) =>
      name.endsWith('.pem'),
    );
    expect(rejected).toHaveLength(1);
    await rename(
      join(folder, 'rejected', rejected[0] ?? ''),
      join(folder, 'trusted', 'certs', rejected[0] ?? ''),
    );
    // The store notices a moved file by watching its folders.
    plant.pass(plant.now() + 10_000_000);
    await expect
      .poll(() => withSession(olga, closeLid).catch(String), { timeout: 10_000 })
      .toBe('Good');
  }, 20_000);

  it.each([
    SecurityPolicy.Basic256Sha256,
    SecurityPolicy.Aes128_Sha256_RsaOaep,
    SecurityPolicy.Aes256_Sha256_RsaPss,
  ])('lets an operator command over %s', async (policy) => {
    plant.pass(plant.now() + 10_000_000);
    expect(await withSession({ ...olga, policy }, closeLid)).toBe('Good');
    expect(plant.commands.at(-1)).toMatchObject({ command: 'closeLid' });
  });

  it('lets an observer read but not command', async () => {
    const commands = plant.commands.length;
    const observer = { user: 'otto', password: "otto's password" };
    expect(await withSession(observer, closeLid)).toBe('BadUserAccessDenied');
    expect(plant.commands).toHaveLength(commands);
  });

  it('refuses wrong passwords, anonymous clients and open channels', async () => {
    await expect(withSession({ user: 'olga', password: 'guess' }, closeLid)).rejects.toThrow();
    await expect(withSession({}, closeLid)).rejects.toThrow();
    await expect(withSession({ policy: SecurityPolicy.None }, closeLid)).rejects.toThrow();
  });
});
