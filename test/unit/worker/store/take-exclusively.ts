// Another process that wants a database for itself, at once; says what it was told.
import Database from 'better-sqlite3';

const database = new Database(process.argv[2], { timeout: 0 });
let said = 'locked';
try {
  database.exec('BEGIN EXCLUSIVE');
} catch (error) {
  said = error instanceof Database.SqliteError ? error.code : String(error);
}
database.close();
process.stdout.write(said);
