import type {
  DataValue,
  ISessionBase,
  ISessionContext,
  StatusCode,
  StatusCodeCallback,
  Variant,
  WriteValueOptions,
} from 'node-opcua';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandOutcome, PlantCommand, Value } from '../../../kernel/plant-contract.ts';
import type { BuiltInput, BuiltMethod, DeviceNodes } from './address-space.ts';
import { type CellBoard, dateOf } from './cells.ts';
import { STATUS_BY_CODE } from './errors.ts';
import { formatRefusal } from './names.ts';
import type { Opcua } from './opcua-module.ts';
import type { PlantPort } from './port.ts';
import { refusedCall } from './refused-call.ts';
import type { SecurityOptions } from './security.ts';

/** Passes commands on in the order of their arrival, and remembers refusals where clients look. */
export interface CommandGate {
  invoke(
    method: BuiltMethod,
    parameters: Record<string, Value>,
    context: ISessionContext,
  ): Promise<CommandOutcome>;
  write(
    input: BuiltInput,
    value: Value,
    context: ISessionContext | undefined,
  ): Promise<CommandOutcome>;
  acknowledge(device: DeviceNodes, alarm: string, comment: string): void;
}

/** Gate of one host; `roleOf` says who may command. */
export function createCommandGate(
  opcua: Opcua,
  port: PlantPort,
  board: CellBoard,
  options: Pick<SecurityOptions, 'roleOf'>,
): CommandGate {
  let sequence = 0;
  const submit = async (
    device: DeviceNodes,
    context: ISessionContext | undefined,
    command: (client: string, sequence: number) => PlantCommand,
  ): Promise<CommandOutcome> => {
    const outcome: CommandOutcome = mayCommand(context, options)
      ? await port.submit(command(clientOf(context), sequence++))
      : { ok: false, error: refusal('NOT_PERMITTED') };
    board.publishChanges();
    if (!outcome.ok) {
      device.lastRefusal.setValueFromSource(
        { dataType: opcua.DataType.String, value: formatRefusal(outcome.error) },
        opcua.StatusCodes.Good,
        dateOf(port, port.now()),
      );
    }
    return outcome;
  };
  return {
    invoke: (method, parameters, context) =>
      submit(method.device, context, (client, number) => ({
        kind: 'invoke',
        client,
        sequence: number,
        device: method.device.plan.device.id,
        command: method.plan.command.name,
        parameters,
      })),
    write: (input, value, context) =>
      submit(input.device, context, (client, number) => ({
        kind: 'write',
        client,
        sequence: number,
        device: input.device.plan.device.id,
        signal: input.plan.signal.name,
        value,
      })),
    acknowledge(device, alarm, comment) {
      void submit(device, undefined, (client, number) => ({
        kind: 'acknowledge',
        client,
        sequence: number,
        device: device.plan.device.id,
        alarm,
        comment,
      }));
    },
  };
}

interface NamedSession {
  readonly sessionName?: string;
  readonly clientDescription?: { readonly applicationName?: { readonly text?: string | null } };
  readonly userIdentityToken?: { readonly userName?: string | null; readonly password?: Buffer };
}

/** Name under which commands are logged: the client application's, which is the same every run. */
function clientOf(context: ISessionContext | undefined): string {
  return nameOf(context?.session);
}

function nameOf(of: ISessionBase | undefined): string {
  const session = of as NamedSession | undefined;
  return session?.clientDescription?.applicationName?.text || session?.sessionName || 'opcua';
}

/** Name under which a session holds the clock: no two sessions have the same. */
export function callerOf(session: ISessionBase): string {
  return `${nameOf(session)} ${session.getSessionId().value.toString()}`;
}

/** Whether the session behind a call may change the plant. */
export function mayCommand(
  context: ISessionContext | undefined,
  options: Pick<SecurityOptions, 'roleOf'>,
): boolean {
  if (context === undefined || options.roleOf === undefined) return true;
  const user = (context.session as NamedSession | undefined)?.userIdentityToken?.userName;
  return user !== undefined && user !== null && options.roleOf(user) === 'operator';
}

function statusOf(opcua: Opcua, problem: Refusal): StatusCode {
  return opcua.StatusCodes[STATUS_BY_CODE[problem.code]];
}

/** Calling a method becomes a command of the calling session. */
export function bindCommand(opcua: Opcua, method: BuiltMethod, gate: CommandGate): void {
  method.node.bindMethod(async (inputs: Variant[], context: ISessionContext) => {
    const parameters: Record<string, Value> = {};
    method.plan.arguments.forEach((argument, i) => {
      const raw: unknown = inputs[i]?.value;
      parameters[argument.parameter.name] =
        argument.wireType === 'Int64'
          ? Number(opcua.Int64ToBigInt(raw as [number, number]))
          : (raw as Value);
    });
    const outcome = await gate.invoke(method, parameters, context);
    if (!outcome.ok) return refusedCall(opcua, outcome.error);
    return {
      statusCode: opcua.StatusCodes.Good,
      outputArguments: [{ dataType: opcua.DataType.UInt32, value: outcome.value.operation }],
    };
  });
}

/** Writing a set-point becomes a command of the writing session. */
export function bindInput(
  opcua: Opcua,
  input: BuiltInput,
  gate: CommandGate,
  board: CellBoard,
): void {
  const { node } = input.cell;
  const values = input.plan.signal.values ?? [];
  const write = (
    context: ISessionContext | null,
    options: WriteValueOptions,
    callback: StatusCodeCallback,
  ): void => {
    const dataValue = options.value as DataValue | undefined;
    if (options.attributeId !== opcua.AttributeIds.Value || dataValue?.value === undefined) {
      callback(null, opcua.StatusCodes.BadNotWritable);
      return;
    }
    const { value: variant } = dataValue;
    if (variant.dataType !== opcua.DataType[input.plan.wireType] || Array.isArray(variant.value)) {
      callback(null, opcua.StatusCodes.BadTypeMismatch);
      return;
    }
    const value: Value =
      input.plan.signal.kind === 'enum' ? (values[variant.value] ?? '') : variant.value;
    gate.write(input, value, context ?? undefined).then(
      (outcome) => {
        board.refresh(node);
        callback(null, outcome.ok ? opcua.StatusCodes.Good : statusOf(opcua, outcome.error));
      },
      () => callback(null, opcua.StatusCodes.BadInternalError),
    );
  };
  Object.assign(node, { writeAttribute: write });
}
