import { parentPort } from 'node:worker_threads';
import { runScenario } from '../world/run.ts';
import { generate } from './generate.ts';
import type { Job } from './worker-job.ts';
import { play } from './worker-play.ts';

// The thread of a campaign: each message is a job, and is answered with its outcome.
parentPort?.on('message', (job: Job) => {
  parentPort?.postMessage(play({ runScenario, generate }, job));
});
