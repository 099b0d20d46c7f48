import type { ClientSession, DataValue, NodeId, ReferenceDescription } from 'node-opcua';
import type { Opcua } from '../opcua-module.ts';

/** Requests of one kind are grouped, so that a whole plant is read in a few round trips. */
const NODES_PER_REQUEST = 500;

/** A node as its parent refers to it. */
export interface BrowsedNode {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly namespaceIndex: number;
  readonly displayName: string;
  readonly isMethod: boolean;
  /** Written `i=n` in the standard's own namespace, else `ns=n;i=n`. */
  readonly typeDefinition: string;
  readonly referenceType: string;
}

/** Forward references of many nodes at once: one list per node, in the order of the server. */
export async function browseChildren(
  opcua: Opcua,
  session: ClientSession,
  nodeIds: readonly NodeId[],
  referenceTypeId: string,
): Promise<readonly (readonly BrowsedNode[])[]> {
  const results: BrowsedNode[][] = [];
  for (let first = 0; first < nodeIds.length; first += NODES_PER_REQUEST) {
    const part = nodeIds.slice(first, first + NODES_PER_REQUEST);
    const answers = await opcua.browseAll(
      session,
      part.map((nodeId) => ({
        nodeId,
        referenceTypeId,
        includeSubtypes: true,
        browseDirection: opcua.BrowseDirection.Forward,
        nodeClassMask: 0,
        resultMask: 63,
      })),
    );
    results.push(
      ...answers.map((answer) =>
        (answer.references ?? []).map((reference) => toNode(opcua, reference)),
      ),
    );
  }
  return results;
}

function toNode(opcua: Opcua, reference: ReferenceDescription): BrowsedNode {
  return {
    nodeId: reference.nodeId as unknown as NodeId,
    name: reference.browseName.name ?? '',
    namespaceIndex: reference.browseName.namespaceIndex,
    displayName: reference.displayName.text ?? '',
    isMethod: reference.nodeClass === opcua.NodeClass.Method,
    typeDefinition: idText(reference.typeDefinition),
    referenceType: idText(reference.referenceTypeId),
  };
}

function idText(id: { readonly namespace: number; readonly value: unknown }): string {
  return id.namespace === 0 ? `i=${String(id.value)}` : `ns=${id.namespace};i=${String(id.value)}`;
}

/** One attribute of many nodes. */
export async function readAttribute(
  session: ClientSession,
  nodeIds: readonly NodeId[],
  attributeId: number,
): Promise<readonly DataValue[]> {
  const values: DataValue[] = [];
  for (let first = 0; first < nodeIds.length; first += NODES_PER_REQUEST) {
    const part = nodeIds.slice(first, first + NODES_PER_REQUEST);
    values.push(...(await session.read(part.map((nodeId) => ({ nodeId, attributeId })))));
  }
  return values;
}
