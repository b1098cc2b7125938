import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { Misconfigured } from '../host/misconfigured.ts';

/** Members that are text, though what stands there may look like a number: ids of USB devices above all. */
const TEXTS = ['outlet', 'station', 'name', 'vendorId', 'productId', 'serialNumber'];

/**
 * What a YAML file says. A number is taken for one only where it is written as one: YAML would make 403 of the id 0403 and
 * 400000000 of 04e8. Throws Misconfigured where it is no YAML, with line and column.
 */
export function readYaml(text: string, file: string): unknown {
  const lineCounter = new LineCounter();
  // Its pretty errors would repeat the line, and a secret may stand there.
  const document = parseDocument(text, { prettyErrors: false, lineCounter });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new Misconfigured(`${file} is no YAML: line ${line}, column ${col}: ${error.code}`);
  }
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && TEXTS.includes(String(key.value)) && isScalar(value)) becomeText(value);
    },
    Scalar(_, scalar) {
      if (String(scalar.value) !== scalar.source) becomeText(scalar);
    },
  });
  return document.toJS();
}

function becomeText(scalar: { value: unknown; source?: string }): void {
  if (typeof scalar.value === 'number' && scalar.source !== undefined) scalar.value = scalar.source;
}
