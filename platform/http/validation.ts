interface Violation {
  keyword: string;
  instancePath: string;
  message?: string;
  params: Record<string, unknown>;
}

interface Unfit {
  validation: readonly Violation[];
  /** Which part of the request it is about. */
  validationContext?: string;
}

interface Parts {
  body?: unknown;
  query?: unknown;
  params?: unknown;
}

/**
 * What is wrong with a request, for whoever has to mend it: where, what kind of value stands there, what is allowed. The value
 * itself is not repeated: it may be a password.
 */
export function detailOf(error: unknown, request: Parts): string {
  const { validation, validationContext = 'request' } = error as Unfit;
  const value = request[validationContext === 'querystring' ? 'query' : (validationContext as keyof Parts)];
  const first = validation[0];
  if (!first) return `${validationContext} does not fit its schema`;
  const { keyword, params } = first;
  const at = `${validationContext}${first.instancePath}`;
  if (keyword === 'required') return `${at}/${params.missingProperty} is missing; it is required`;
  if (keyword === 'additionalProperties')
    return `${at}/${params.additionalProperty} is not known here; leave it out`;
  const allowed = keyword === 'enum' ? `${first.message}: ${String(params.allowedValues)}` : first.message;
  return `${at} is ${kindOf(valueAt(value, first.instancePath))}; it ${allowed ?? 'does not fit'}`;
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const key of path.split('/').slice(1))
    at = (at as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  return at;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'not there';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string')
    return value === '' ? 'an empty text' : `a text of ${value.length} characters`;
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a fractional number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
