// Tells zod not to compile its parsers by evaluating text: the page's policy forbids it, and the attempt alone would be
// reported as an attack. Imported before everything that makes a schema.
import { config } from 'zod';

config({ jitless: true });
