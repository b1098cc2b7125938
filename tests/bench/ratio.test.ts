import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/platform/commands/main.js', import.meta.url));

// Ratios of what one run measured side by side: they hold on a slow machine as on a fast one. The bounds only catch a design
// that went wrong somewhere (a scan a payment, a write a statement); the figures themselves are `npm run bench`.
it.skipIf(!existsSync(MAIN))(
  'payments keep up with the broker, and cost the same with more orders behind them (build first)',
  async () => {
    const args = [MAIN, 'bench', '--json', '--payments', '3000', '--orders', '40000'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 });
    const { ratio, growthRatio, messagesPerPayment } = JSON.parse(stdout) as { [name: string]: number };
    expect(messagesPerPayment).toBe(6);
    expect(ratio).toBeGreaterThan(0.12);
    expect(growthRatio).toBeLessThan(1.5);
  },
  150_000,
);
