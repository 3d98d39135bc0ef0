// The bounds of a number, read from the settings' own schema: what a field calls wrong is what main would refuse.
import { toJSONSchema } from 'zod';
import { settingsSchema } from '../../../shared/settings/schema.ts';

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const SCHEMA = toJSONSchema(settingsSchema, { io: 'input' }) as SchemaNode;

/** In the schema's unit. `path`: keys with dots between; `[]` is any item of an array. Throws for what is no bounded number. */
export function boundsOf(path: string): Bounds {
  const node = path.split('.').reduce<SchemaNode | undefined>((at, key) => (key === '[]' ? at?.items : at?.properties?.[key]), SCHEMA);
  if (node?.minimum === undefined || node.maximum === undefined) throw new Error(`${path} has no bounds`);
  return { min: node.minimum, max: node.maximum };
}
