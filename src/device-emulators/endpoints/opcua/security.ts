import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OPCUACertificateManager, OPCUAServerOptions, StatusCode } from 'node-opcua';
import type { Opcua } from './opcua-module.ts';

/** What a logged-in client may do: observers read, operators also command. */
export type Role = 'observer' | 'operator';

export interface SecurityOptions {
  /** Address to bind; loopback unless the rest is configured. */
  readonly host: string;
  /** Folder of the user's data in which certificates are kept. */
  readonly certificateFolder: string;
  /** Receives lines for the user, warnings among them. */
  readonly log: (line: string) => void;
  /** Whether a user has this password. Needed off loopback. */
  readonly authenticate?: (user: string, password: string) => boolean;
  /** What a logged-in user may do; everything when absent. */
  readonly roleOf?: (user: string) => Role;
}

/** A configuration that would expose the plant; the message says what to change. */
export class InsecureBindError extends Error {
  override readonly name = 'InsecureBindError';
}

/** 127.0.0.0/8, `localhost` and `::1`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Endpoint settings of a bind address: on loopback no encryption and anonymous clients, elsewhere
 * signed and encrypted channels and named users only.
 *
 * @throws InsecureBindError when bound beyond loopback without users
 */
export function securityProfile(opcua: Opcua, options: SecurityOptions): OPCUAServerOptions {
  const { MessageSecurityMode, SecurityPolicy } = opcua;
  if (isLoopback(options.host)) {
    return {
      securityPolicies: [SecurityPolicy.None],
      securityModes: [MessageSecurityMode.None],
      allowAnonymous: true,
    };
  }
  const { authenticate } = options;
  if (authenticate === undefined) {
    throw new InsecureBindError(
      `OPC UA refuses to listen on ${options.host}: beyond loopback it needs users with passwords; configure them or bind to 127.0.0.1`,
    );
  }
  return {
    securityPolicies: [
      SecurityPolicy.Basic256Sha256,
      SecurityPolicy.Aes128_Sha256_RsaOaep,
      SecurityPolicy.Aes256_Sha256_RsaPss,
    ],
    securityModes: [MessageSecurityMode.SignAndEncrypt],
    allowAnonymous: false,
    userManager: {
      isValidUser: (user: string, password: string) => authenticate(user, password),
    },
  };
}

/** Line to show for a bind address, when it deserves a warning. */
export function securityWarning(host: string, url: string): string | undefined {
  return isLoopback(host)
    ? `OPC UA at ${url} is not encrypted and lets everyone on this machine command the plant (loopback only)`
    : undefined;
}

/**
 * Certificate store below a folder that only its owner can read. Unknown clients are not trusted;
 * the log says where the certificate of a client that was turned away lies.
 */
export async function openCertificateStore(
  opcua: Opcua,
  { certificateFolder, log }: SecurityOptions,
): Promise<OPCUACertificateManager> {
  await mkdir(certificateFolder, { recursive: true, mode: 0o700 });
  const store = new opcua.OPCUACertificateManager({
    rootFolder: certificateFolder,
    automaticallyAcceptUnknownCertificate: false,
  });
  await store.initialize();
  await restrictToOwner(certificateFolder);
  const check = store.checkCertificate.bind(store);
  // node-opcua calls it in both styles.
  const checkAndTell = async (
    certificate: Buffer,
    callback?: (error: Error | null, status?: StatusCode) => void,
  ): Promise<StatusCode> => {
    const status = await check(certificate);
    if (status.isNotGood()) {
      const rejected = join(certificateFolder, 'rejected');
      const trusted = join(certificateFolder, 'trusted', 'certs');
      log(
        `OPC UA: a client was turned away (${status.name}); its certificate lies in ${rejected}, move it to ${trusted} to let it in`,
      );
    }
    callback?.(null, status);
    return status;
  };
  return Object.assign(store, { checkCertificate: checkAndTell });
}

/** Takes all rights of others from a folder and what is in it. */
export async function restrictToOwner(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await restrictToOwner(path);
    else if (entry.isFile()) await chmod(path, 0o600);
  }
}
