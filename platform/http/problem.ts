import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { PROBLEMS, type ProblemCode } from '../core/problems.ts';
import type { OrderView } from '../core/views.ts';
import type { Reply } from '../runtime/runtime.ts';
import type { App } from './app.ts';
import { detailOf } from './validation.ts';

/** An error as every client gets it (RFC 9457): Chinese first, English beside it. */
export interface ProblemDocument {
  type: string;
  title: string;
  titleEn: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  /** What the person should do now. */
  remedy: string;
  remedyEn: string;
  /** The order it is about, as it stands. */
  order?: OrderView;
}

type More = { detail?: string | undefined; order?: OrderView | undefined };

export function problemOf(code: ProblemCode, { detail, order }: More = {}): ProblemDocument {
  const { status, zh, en, remedyZh, remedyEn } = PROBLEMS[code];
  return {
    type: `urn:yizhan:problem:${code}`,
    title: zh,
    titleEn: en,
    status,
    code,
    ...(detail ? { detail } : {}),
    remedy: remedyZh,
    remedyEn,
    ...(order ? { order } : {}),
  };
}

/** Thrown by a route to refuse; it becomes a problem document. */
export class Refused extends Error {
  readonly problem: ProblemDocument;

  constructor(code: ProblemCode, more: More = {}) {
    super(code);
    this.name = 'Refused';
    this.problem = problemOf(code, more);
  }
}

/** The order that a command was answered with. Throws {@link Refused} where it was not done. */
export function orderIn(reply: Reply): OrderView {
  if (!reply.ok) throw new Refused(reply.code, reply);
  if (!reply.order) throw new Error('the command was answered without its order');
  return reply.order;
}

/** Every error, whoever raised it, leaves as a problem document; what is not known leaves as an id that the log explains. */
export function answerProblems(app: App): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const problem = asProblem(error, request);
    return reply.code(problem.status).type('application/problem+json').send(problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const detail = `no ${request.method} ${request.url.split('?')[0]}; GET /api/openapi.json lists what there is`;
    return reply.code(404).type('application/problem+json').send(problemOf('platform.notFound', { detail }));
  });
}

function asProblem(error: unknown, request: FastifyRequest): ProblemDocument {
  if (error instanceof Refused) return error.problem;
  const { validation, statusCode, message } = error as {
    validation?: unknown;
    statusCode?: number;
    message?: string;
  };
  if (validation) return problemOf('platform.badRequest', { detail: detailOf(error, request) });
  // Raised by the HTTP library about the request itself: no JSON, too long, a media type that is not taken.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return problemOf('platform.badRequest', { detail: message });
  const id = randomUUID();
  // The route's pattern, not the address: addresses carry numbers of customers and receipts.
  const where = `${request.method} ${request.routeOptions.url ?? 'unknown route'}`;
  process.stderr.write(`error ${id} at ${where}: ${error instanceof Error ? error.stack : String(error)}\n`);
  return problemOf('platform.internal', { detail: `error id ${id}` });
}
