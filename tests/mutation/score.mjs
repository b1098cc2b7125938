// Reads what Stryker has written: what is not killed counts as alive, a timeout and an ignored mutant too. Fails below
// the score, and where a mutant lives that docs/mutation.md does not give a reason for.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const REPORT = 'coverage/mutation.json';
const REASONS = 'docs/mutation.md';
const LEAST = 85;

/** Every mutant with the text it replaces: unlike a line number, a text stays the same when code moves. */
function mutantsOf(report) {
  return Object.entries(report.files).flatMap(([path, { source, mutants }]) => {
    const lines = source.split('\n');
    const textOf = ({ start, end }) => {
      const text = lines.slice(start.line - 1, end.line);
      text.push(text.pop().slice(0, end.column - 1));
      text[0] = text[0].slice(start.column - 1);
      return oneLine(text.join('\n'));
    };
    return mutants.map(({ location, replacement, status }) => ({
      file: basename(path),
      place: `${path}:${location.start.line}`,
      status,
      entry: `\`\` ${textOf(location)} \`\` → \`\` ${oneLine(replacement)} \`\``,
    }));
  });
}

const oneLine = (text) => text.replace(/\s+/g, ' ');

/** The entries of docs/mutation.md: below a heading that is a file's name, lines such as «- ``a`` → ``b``: why». */
function reasonsOf(text) {
  let file = '';
  return text.split('\n').flatMap((line) => {
    file = /^#+ `(.+\.ts)`$/.exec(line)?.[1] ?? file;
    const [, entry] = /^- (`` .+ `` → `` .* ``): \S/.exec(line) ?? [];
    return entry ? [{ file, entry }] : [];
  });
}

const mutants = mutantsOf(JSON.parse(readFileSync(REPORT, 'utf8')));
const reasons = reasonsOf(readFileSync(REASONS, 'utf8'));
const alive = mutants.filter(({ status }) => status !== 'Killed');
// The same change may be possible in two places of a file: then each needs a line of its own.
const unexplained = alive.filter(({ file, entry }) => {
  const i = reasons.findIndex((reason) => reason.file === file && reason.entry === entry);
  if (i >= 0) reasons.splice(i, 1);
  return i < 0;
});

const counts = {};
for (const { status } of mutants) counts[status] = (counts[status] ?? 0) + 1;
const score = (100 * (mutants.length - alive.length)) / mutants.length;
console.log(
  `${mutants.length} mutants: ${Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}`,
);
console.log(`score ${score.toFixed(2)} %, at least ${LEAST} % (timeouts are not kills)`);
for (const { place, status, entry } of alive) console.log(`  ${status} ${place}  ${entry}`);
for (const { file, entry } of reasons)
  console.log(`no longer alive, take it out of ${REASONS}: ${file} ${entry}`);
for (const { place, entry } of unexplained)
  console.error(
    `${place} lives without a reason in ${REASONS}: test it, or add there the line\n- ${entry}: why`,
  );
if (!(score >= LEAST) || unexplained.length > 0) process.exitCode = 1;
