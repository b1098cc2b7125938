import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { type asyncapiOf, messagesOf } from '../../contracts/asyncapi.ts';
import { generatedFiles } from '../../contracts/generate.ts';
import { PROFILES } from '../../contracts/profiles.ts';
import { parseTopic } from '../../contracts/topics.ts';
import { readAjv } from './wire-schemas.ts';

const require = createRequire(import.meta.url);
const official = JSON.parse(
  readFileSync(require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'), 'utf8'),
) as object;
/** AsyncAPI's own schema, with its own looseness. */
const isAsyncapi: ValidateFunction = readAjv({ strict: false, allErrors: true }).compile(official);
const json = (path: string) => JSON.parse(generatedFiles().get(path) ?? 'null') as object;

describe.each(PROFILES.map((profile) => ({ name: profile.name, profile })))(
  'the document of $name',
  (each) => {
    const document = json(`${each.name}.asyncapi.json`) as ReturnType<typeof asyncapiOf>;

    it('is valid by AsyncAPI 3.0.0’s own schema', () => {
      expect(isAsyncapi(document), JSON.stringify(isAsyncapi.errors?.slice(0, 5), null, 2)).toBe(true);
      expect(document.asyncapi).toBe('3.0.0');
    });

    it('is what that schema can refuse', () => {
      expect(isAsyncapi({ ...document, asyncapi: '2.6.0' })).toBe(false);
      expect(isAsyncapi({ ...document, operations: { request: { action: 'publish' } } })).toBe(false);
      expect(isAsyncapi({ ...document, unknown: {} })).toBe(false);
    });

    it('points only to what is there', () => {
      const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
        ([, path]) => path,
      );
      // Each message and the two of every place, and the channels of three operations and of one reply.
      const { receives, sends } = messagesOf(each.profile);
      expect(pointers).toHaveLength(receives.length + sends.length + 2 + 4);
      for (const pointer of pointers) {
        let at: unknown = document;
        for (const part of pointer?.split('/') ?? []) at = (at as Record<string, unknown>)?.[part];
        expect(at, pointer).toBeTypeOf('object');
      }
    });

    it('TOP-001 has addresses of the grammar, every message of the profile, and no other', () => {
      const { channels } = document as {
        channels: Record<string, { address: string; parameters?: object; messages: object }>;
      };
      for (const [leaf, { address, parameters }] of Object.entries(channels)) {
        if (leaf === 'time') continue;
        const filled = address.replaceAll('{outlet}', '51010001').replaceAll(/\{\w+\}/g, 'x1');
        expect(parseTopic(filled)?.leaf, address).toBe(leaf);
        expect(Object.keys(parameters ?? {})).toEqual([...address.matchAll(/\{(\w+)\}/g)].map(([, p]) => p));
      }
      const { receives, sends } = messagesOf(each.profile);
      const names = (channel: string) => Object.keys(channels[channel]?.messages ?? {});
      expect(names('req')).toHaveLength(receives.length);
      expect(names('rep')).toHaveLength(sends.length);
    });
  },
);

/** All of JSON Schema's draft 7, by what stands behind each keyword. */
const ONE = ['additionalItems', 'additionalProperties', 'contains', 'else', 'if', 'items', 'not'];
const MANY = ['allOf', 'anyOf', 'oneOf', 'items'];
const NAMED = ['definitions', 'patternProperties', 'properties', 'dependencies'];
const PLAIN = [
  ...['$comment', '$id', '$ref', '$schema', 'const', 'contentEncoding', 'contentMediaType', 'default'],
  ...['description', 'enum', 'examples', 'exclusiveMaximum', 'exclusiveMinimum', 'format', 'maxItems'],
  ...['maxLength', 'maxProperties', 'maximum', 'minItems', 'minLength', 'minProperties', 'minimum'],
  ...['multipleOf', 'pattern', 'readOnly', 'required', 'title', 'type', 'uniqueItems', 'writeOnly'],
];
const DRAFT_7 = new Set([...ONE, ...MANY, ...NAMED, ...PLAIN, 'propertyNames', 'then']);

/** Every keyword in a schema that draft 7 does not have, with its path. */
function foreign(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const here = `${path}/${keyword}`;
    if (!DRAFT_7.has(keyword)) return [here];
    if (Array.isArray(value) && MANY.includes(keyword))
      return value.flatMap((each, i) => foreign(each, `${here}/${i}`));
    if (NAMED.includes(keyword))
      return Object.entries(value as object).flatMap(([name, each]) => foreign(each, `${here}/${name}`));
    return ONE.includes(keyword) ? foreign(value, here) : [];
  });
}

describe('the JSON Schemas', () => {
  const schemas = [...generatedFiles().keys()].filter((path) => path.startsWith('schemas/'));

  it.each(schemas)('%s is draft 7, and strict enough for ajv', (path) => {
    const schema = json(path);
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' });
    expect(foreign(schema, '')).toEqual([]);
    expect(() => readAjv({ strict: true }).compile(schema)).not.toThrow();
  });

  it('the payloads in the documents are the same schemas', () => {
    for (const { name } of PROFILES) {
      const { components } = json(`${name}.asyncapi.json`) as {
        components: { messages: Record<string, { name: string; payload: object }> };
      };
      for (const message of Object.values(components.messages)) {
        const { $schema, title, ...schema } = json(`schemas/${message.name}.schema.json`) as Record<
          string,
          unknown
        >;
        expect({ $schema, title }).toMatchObject({ title: message.name });
        expect(message.payload).toEqual(schema);
      }
    }
  });

  it('a keyword of a later draft would be seen', () => {
    const late = { properties: { a: { items: { anyOf: [{ unevaluatedProperties: false }] } } } };
    expect(foreign(late, '')).toEqual(['/properties/a/items/anyOf/0/unevaluatedProperties']);
    expect(foreign({ prefixItems: [] }, '')).toEqual(['/prefixItems']);
  });
});
