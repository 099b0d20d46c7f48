/** Peer of the start bench: a node-opcua server with the same nodesets and nothing else. */
import { loadOpcua } from '../src/device-emulators/endpoints/opcua/opcua-module.ts';

const opcua = await loadOpcua();
const { nodesets } = opcua;
const server = new opcua.OPCUAServer({
  host: '127.0.0.1',
  port: 0,
  nodeset_filename: [
    nodesets.standard,
    nodesets.di,
    nodesets.amb,
    nodesets.ia,
    nodesets.machinery,
    nodesets.isa95JobControl,
    nodesets.machineryJobs,
    nodesets.machineryResult,
    nodesets.lads,
  ],
});
await server.start();
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
