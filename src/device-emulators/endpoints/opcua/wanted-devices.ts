import type { NodeId } from 'node-opcua';
import type { Opcua } from './opcua-module.ts';

/** Names that the nodes of a plant's namespace begin with: a device, then what stands in it. */
const WITHIN = /[-!]/g;

/**
 * Devices of which a request wants to see more than the device itself: those whose nodes it names, and
 * those whose names stand in a browse path.
 *
 * @param namespaceIndex of the plant's nodes
 * @param isDevice whether something is the name of a device
 */
export function wantedDevices(
  opcua: Opcua,
  request: unknown,
  namespaceIndex: number,
  isDevice: (name: string) => boolean,
): ReadonlySet<string> {
  const wanted = new Set<string>();
  const want = (id: NodeId | null | undefined): void => {
    if (id?.namespace !== namespaceIndex || typeof id.value !== 'string') return;
    const device = deviceIn(id.value, isDevice);
    if (device !== undefined) wanted.add(device);
  };
  if (request instanceof opcua.BrowseRequest) {
    for (const { nodeId } of request.nodesToBrowse ?? []) want(nodeId);
  } else if (request instanceof opcua.TranslateBrowsePathsToNodeIdsRequest) {
    for (const { startingNode, relativePath } of request.browsePaths ?? []) {
      want(startingNode);
      for (const { targetName } of relativePath.elements ?? []) {
        if (isDevice(targetName.name ?? '')) wanted.add(targetName.name ?? '');
      }
    }
  } else if (request instanceof opcua.ReadRequest) {
    for (const { nodeId } of request.nodesToRead ?? []) want(nodeId);
  } else if (request instanceof opcua.HistoryReadRequest) {
    for (const { nodeId } of request.nodesToRead ?? []) want(nodeId);
  } else if (request instanceof opcua.WriteRequest) {
    for (const { nodeId } of request.nodesToWrite ?? []) want(nodeId);
  } else if (request instanceof opcua.CallRequest) {
    for (const { objectId, methodId } of request.methodsToCall ?? []) {
      want(objectId);
      want(methodId);
    }
  } else if (request instanceof opcua.CreateMonitoredItemsRequest) {
    for (const { itemToMonitor } of request.itemsToCreate ?? []) want(itemToMonitor.nodeId);
  } else if (request instanceof opcua.RegisterNodesRequest) {
    for (const nodeId of request.nodesToRegister ?? []) want(nodeId);
  }
  return wanted;
}

/** Device that a node's identifier begins with; of several the one with the longest name. */
function deviceIn(id: string, isDevice: (name: string) => boolean): string | undefined {
  let found = isDevice(id) ? id : undefined;
  if (found !== undefined) return found;
  for (const { index } of id.matchAll(WITHIN)) {
    const name = id.slice(0, index);
    if (isDevice(name)) found = name;
  }
  return found;
}
