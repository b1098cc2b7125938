import { PNG } from 'pngjs';
import { type Bitmap, dotAt } from './bitmap.ts';

/** How the paper is shown. */
export type Look = {
  /** White dots on each side and above and below; default 24 (3 mm, as the head leaves them). */
  margin?: number;
  /** Zigzag at the lower edge, as on paper torn or cut by a serrated blade; default false. */
  tornEdge?: boolean;
};

const PAPER = 255;
const INK = 20;
const TABLE = 225;
const TOOTH = 12;

/** A grey PNG of the paper, one pixel a dot. */
export function drawPng(bitmap: Bitmap, { margin = 24, tornEdge = false }: Look = {}): Uint8Array {
  const width = bitmap.width + 2 * margin;
  const height = bitmap.height + 2 * margin + (tornEdge ? TOOTH : 0);
  const png = new PNG({ width, height, colorType: 0, inputColorType: 0, inputHasAlpha: false, bitDepth: 8 });
  const grey = Buffer.alloc(width * height, PAPER);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (dotAt(bitmap, x - margin, y - margin)) grey[y * width + x] = INK;
      else if (tornEdge && y >= height - TOOTH + Math.abs((x % (2 * TOOTH)) - TOOTH))
        grey[y * width + x] = TABLE;
    }
  png.data = grey;
  return PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false });
}
