/** Peer of the start bench: a node-opcua server with the same nodesets and nothing else. */
import { loadOpcua, nodesetFiles } from '../src/device-emulators/endpoints/opcua/opcua-module.ts';

const opcua = await loadOpcua();
const server = new opcua.OPCUAServer({
  host: '127.0.0.1',
  port: 0,
  nodeset_filename: nodesetFiles(opcua),
});
await server.start();
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
