import type { Database } from 'sqlite3';

/** A connection of the sqlite3 package with promises. Statements run one after the other, in the thread pool. */
export interface Connection {
  run(sql: string, ...values: unknown[]): Promise<void>;
  all<Row>(sql: string, ...values: unknown[]): Promise<Row[]>;
  exec(sql: string): Promise<void>;
  close(): Promise<void>;
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
  const settle = (resolve: () => void, reject: (error: Error) => void) => (error: Error | null) =>
    error ? reject(error) : resolve();
  return {
    run: (sql, ...values) =>
      new Promise((resolve, reject) => void db.run(sql, values, settle(resolve, reject))),
    all: <Row>(sql: string, ...values: unknown[]) =>
      new Promise<Row[]>((resolve, reject) =>
        db.all<Row>(sql, values, (error, rows) => (error ? reject(error) : resolve(rows))),
      ),
    exec: (sql) => new Promise((resolve, reject) => void db.exec(sql, settle(resolve, reject))),
    close: () => new Promise((resolve, reject) => db.close(settle(resolve, reject))),
  };
}

async function loadSqlite() {
  try {
    return (await import('sqlite3')).default;
  } catch (error) {
    throw new Error(
      `the SQLite binding is missing (${(error as Error).message.split('\n')[0]}): install python3, make and g++, then run «npm rebuild sqlite3»`,
    );
  }
}
