import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type Options } from 'ajv';
import formats from 'ajv-formats';

const FOLDER = 'contracts/generated/schemas';

/** A plain JSON Schema validator, as a partner in any language has one. */
export function readAjv(options: Options): Ajv {
  const ajv = new Ajv(options);
  formats.default(ajv);
  return ajv;
}

/** Validates a message by the committed schema of its type; answers why it does not fit, or `undefined`. */
export function committedSchemas(): { types: string[]; misfit(text: string): string | undefined } {
  const ajv = readAjv({ strict: true, allErrors: true });
  const schemas = new Map(
    readdirSync(FOLDER).map((file) => {
      const schema = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { title: string };
      return [schema.title, ajv.compile(schema)] as const;
    }),
  );
  return {
    types: [...schemas.keys()],
    misfit(text) {
      const message: unknown = JSON.parse(text);
      const { type } = message as { type: string };
      const fits = schemas.get(type);
      if (!fits) return `there is no schema for ${type}`;
      return fits(message) ? undefined : `${type}: ${ajv.errorsText(fits.errors)}`;
    },
  };
}
