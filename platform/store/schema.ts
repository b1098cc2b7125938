/**
 * The version of the store: of its tables, and of what may stand in its records and snapshots. It goes up with whatever an
 * earlier release could not read. 2: certificates of stations, numbers skipped after a restore.
 */
export const SCHEMA_VERSION = 2;

/** Who brought the store to which version: what a release that does not know it can tell. No later version may take it away. */
const RELEASES =
  'CREATE TABLE releases(version INTEGER PRIMARY KEY, release TEXT NOT NULL, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT;';

/** From this version to the next one. Each is one transaction with all the others that are due. */
export const UPGRADES: { [from: number]: string } = { 1: RELEASES };

/**
 * `commits` is a view that is written to: one statement brings a whole block in, so that a block is one transaction and one
 * trip to the disk without `BEGIN` and `COMMIT` (requests of one connection share a transaction in the sqlite3 package, and
 * one must never be rolled back with another).
 */
export const SCHEMA = `
CREATE TABLE blocks(
  last INTEGER PRIMARY KEY, first INTEGER NOT NULL, at INTEGER NOT NULL,
  prev TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE snapshots(last INTEGER PRIMARY KEY, hash TEXT NOT NULL, body TEXT NOT NULL, seal TEXT NOT NULL) STRICT;
CREATE TABLE orders(
  id TEXT NOT NULL UNIQUE, outlet TEXT NOT NULL, date TEXT NOT NULL, number TEXT, body TEXT NOT NULL) STRICT;
CREATE INDEX orders_by_date ON orders(date);
CREATE INDEX orders_by_number ON orders(outlet, number);
CREATE VIEW commits AS
  SELECT first, last, at, prev, hash, body, '' AS orders, '' AS snapshot, '' AS seal FROM blocks;
CREATE TRIGGER commit_block INSTEAD OF INSERT ON commits BEGIN
  INSERT INTO blocks(last, first, at, prev, hash, body)
    VALUES (NEW.last, NEW.first, NEW.at, NEW.prev, NEW.hash, NEW.body);
  INSERT INTO orders(id, outlet, date, number, body)
    SELECT value ->> 'id', value ->> 'outlet', value ->> 'businessDate', value ->> 'journalNo', value
    FROM json_each(NEW.orders) WHERE true
    ON CONFLICT(id) DO UPDATE SET body = excluded.body;
  INSERT INTO snapshots(last, hash, body, seal) SELECT NEW.last, NEW.hash, NEW.snapshot, NEW.seal WHERE NEW.snapshot IS NOT NULL;
  DELETE FROM snapshots WHERE NEW.snapshot IS NOT NULL
    AND last NOT IN (SELECT last FROM snapshots ORDER BY last DESC LIMIT 2);
END;
${RELEASES}
`;
