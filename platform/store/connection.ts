import type { Database, Statement } from 'sqlite3';

/** A connection of the sqlite3 package with promises. Statements run one after the other, in the thread pool. */
export interface Connection {
  all<Row>(sql: string, ...values: unknown[]): Promise<Row[]>;
  exec(sql: string): Promise<void>;
  /** A statement of the hot path, compiled once. */
  prepare(sql: string): Prepared;
  close(): Promise<void>;
}

export interface Prepared {
  run(...values: unknown[]): Promise<void>;
  all<Row>(...values: unknown[]): Promise<Row[]>;
}

/** Opens a file, `create`s it if need be. Throws with the remedy where the package's binding is missing. */
export async function openConnection(path: string, mode: 'create' | 'read'): Promise<Connection> {
  const sqlite3 = await loadSqlite();
  const flags = mode === 'read' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE;
  const db = await new Promise<Database>((resolve, reject) => {
    const opened: Database = new sqlite3.Database(path, flags, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  db.serialize();
  const statements: Statement[] = [];
  return {
    all: <Row>(sql: string, ...values: unknown[]) => rows<Row>((done) => db.all(sql, values, done)),
    exec: (sql) => settled((done) => db.exec(sql, done)),
    prepare(sql) {
      const statement = db.prepare(sql);
      statements.push(statement);
      return {
        run: (...values) => settled((done) => statement.run(values, done)),
        all: <Row>(...values: unknown[]) => rows<Row>((done) => statement.all(values, done)),
      };
    },
    async close() {
      for (const statement of statements) await settled((done) => statement.finalize(done));
      await settled((done) => db.close(done));
    },
  };
}

function settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
}

function rows<Row>(act: (done: (error: Error | null, rows: Row[]) => void) => void): Promise<Row[]> {
  return new Promise((resolve, reject) => act((error, found) => (error ? reject(error) : resolve(found))));
}

async function loadSqlite() {
  try {
    return (await import('sqlite3')).default;
  } catch (error) {
    throw new Error(
      `the SQLite binding is missing (${(error as Error).message.split(/[.\n]/)[0]}): install python3, make and g++, then run «npm rebuild sqlite3»`,
    );
  }
}
