import { type Bitmap, dotAt } from './bitmap.ts';

/**
 * The paper as one SVG that needs nothing else: a white sheet and one path of runs, a dot one user unit.
 * `margin` in dots. It scales to any size and its `title` is what a screen reader says.
 */
export function drawSvg(bitmap: Bitmap, { margin = 24, title = '' } = {}): string {
  const width = bitmap.width + 2 * margin;
  const height = bitmap.height + 2 * margin;
  const label = title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `shape-rendering="crispEdges" role="img">${label && `<title>${label}</title>`}` +
    `<rect width="${width}" height="${height}" fill="#fff"/>` +
    `<path transform="translate(${margin} ${margin})" fill="#141414" d="${runs(bitmap)}"/></svg>`
  );
}

/** Each run of black dots in a row is a rectangle one dot high. */
function runs(bitmap: Bitmap): string {
  let path = '';
  for (let y = 0; y < bitmap.height; y++)
    for (let x = 0; x < bitmap.width; x++) {
      if (!dotAt(bitmap, x, y)) continue;
      let end = x;
      while (dotAt(bitmap, end, y)) end++;
      path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  return path;
}
