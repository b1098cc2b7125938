import Type, { type TSchema } from 'typebox';
import { clausesOf } from './clauses.ts';
import {
  acceptedSchema,
  completionSchema,
  type Profile,
  processingSchema,
  REFUSED_TYPE,
  refusedSchema,
  typesOf,
} from './operation.ts';
import { CONTRACT_VERSION, STATE_TYPE, stateSchema, TIME_TYPE, timeSchema } from './state.ts';
import { ROOT, TIME_TOPIC } from './topics.ts';

/** A message of a profile: its CloudEvents type and the schema of its data. */
export interface MessageSchema {
  type: string;
  data: TSchema;
  /** What the envelope must carry besides the common attributes. */
  needs: readonly string[];
}

/** Every message that a partner of this profile receives or sends on `req` and `rep`. */
export function messagesOf(profile: Profile): { receives: MessageSchema[]; sends: MessageSchema[] } {
  const receives: MessageSchema[] = [];
  const sends: MessageSchema[] = [];
  for (const [name, operation] of Object.entries(profile.operations)) {
    const types = typesOf(profile, name);
    const command = operation.kind === 'command';
    receives.push({
      type: types.request,
      data: operation.request,
      needs: command ? ['idempotencykey', 'expirytime'] : [],
    });
    const reply = ['causationid', ...(command ? ['idempotencykey'] : [])];
    if (command) sends.push({ type: types.accepted, data: acceptedSchema, needs: reply });
    if (command) sends.push({ type: types.processing, data: processingSchema, needs: reply });
    sends.push({ type: types.completed, data: completionSchema(operation.result), needs: reply });
  }
  sends.push({ type: REFUSED_TYPE, data: refusedSchema, needs: ['causationid'] });
  return { receives, sends };
}

/** The JSON Schema of one whole message as it stands on the wire. */
export function wireSchema({ type, data, needs }: MessageSchema): TSchema {
  const text = Type.String({ minLength: 1, maxLength: 256 });
  const instant = Type.String({ format: 'date-time' });
  const attributes: Record<string, TSchema> = {
    specversion: Type.Literal('1.0'),
    id: text,
    source: text,
    type: Type.Literal(type),
    time: instant,
    datacontenttype: Type.Optional(Type.Literal('application/json')),
    data,
  };
  for (const [name, schema] of Object.entries({
    correlationid: text,
    causationid: text,
    idempotencykey: text,
    expirytime: instant,
    attempt: Type.Integer({ minimum: 1 }),
  }))
    attributes[name] = needs.includes(name) ? schema : Type.Optional(schema);
  return Type.Object(attributes);
}

const nameOfMessage = (type: string) => type.replace(/^yizhan\./, '').replaceAll('.', '-');

/** An AsyncAPI 3.0.0 document from the partner's point of view: it *receives* requests and *sends* replies. */
export function asyncapiOf(profile: Profile): Record<string, unknown> {
  const { receives, sends } = messagesOf(profile);
  const place =
    profile.side === 'device'
      ? `${ROOT}/dev/{outlet}/{station}/{device}`
      : `${ROOT}/cp/{counterpart}/{instance}`;
  const parameters = Object.fromEntries([...place.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, {}]));
  const state = { type: STATE_TYPE, data: stateSchema, needs: [] };
  const time = { type: TIME_TYPE, data: timeSchema, needs: [] };
  const channel = (
    address: string,
    messages: MessageSchema[],
    mqtt: Record<string, unknown>,
    own = true,
  ) => ({
    address,
    ...(own ? { parameters } : {}),
    messages: Object.fromEntries(
      messages.map((m) => [
        nameOfMessage(m.type),
        { $ref: `#/components/messages/${nameOfMessage(m.type)}` },
      ]),
    ),
    'x-yizhan-mqtt': { qos: 1, ...mqtt },
  });
  const operation = (action: 'receive' | 'send', name: string) => ({
    action,
    channel: { $ref: `#/channels/${name}` },
  });
  return {
    asyncapi: '3.0.0',
    info: {
      title: `Yizhan ${profile.side === 'device' ? 'device class' : 'counterpart profile'} «${profile.name}»`,
      version: `${CONTRACT_VERSION}.0`,
      description: `${profile.description}. MQTT 3.1.1; clauses in x-yizhan-clauses are normative.`,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      req: channel(`${place}/req`, receives, { retain: false }),
      rep: channel(`${place}/rep`, sends, { retain: false }),
      state: channel(`${place}/state`, [state], { retain: true }),
      time: channel(TIME_TOPIC, [time], { retain: false }, false),
    },
    operations: {
      request: { ...operation('receive', 'req'), reply: { channel: { $ref: '#/channels/rep' } } },
      state: operation('send', 'state'),
      time: operation('receive', 'time'),
    },
    components: {
      messages: Object.fromEntries(
        [...receives, ...sends, state, time].map((m) => [
          nameOfMessage(m.type),
          {
            name: m.type,
            contentType: 'application/json',
            payload: wireSchema(m),
            ...(m.needs.includes('causationid')
              ? { correlationId: { location: '$message.payload#/causationid' } }
              : { correlationId: { location: '$message.payload#/id' } }),
          },
        ]),
      ),
    },
    'x-yizhan-status': profile.status,
    'x-yizhan-capabilities': profile.capabilities,
    'x-yizhan-clauses': clausesOf(profile.name),
  };
}
