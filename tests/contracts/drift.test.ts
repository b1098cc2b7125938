import { expect, it } from 'vitest';
import { drift } from '../../contracts/generate.ts';

it('the committed schemas, AsyncAPI documents and clauses are what the sources give', () => {
  expect(drift('contracts/generated'), 'run: npm run generate').toEqual([]);
});
