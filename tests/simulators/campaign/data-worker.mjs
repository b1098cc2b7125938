import { parentPort } from 'node:worker_threads';

// Answers in capitals; some words break it.
parentPort.on('message', (word) => {
  if (word === 'throw') throw new Error('it broke');
  if (word === 'exit') process.exit(7);
  if (word === 'hang') for (;;);
  parentPort.postMessage(word.toUpperCase());
});
