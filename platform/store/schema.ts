/** The version of the tables; a store of another version is opened only by a release that knows how to bring it here. */
export const SCHEMA_VERSION = 1;

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
PRAGMA user_version = ${SCHEMA_VERSION};
`;
