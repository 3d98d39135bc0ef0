// Families as a prom-client registry of our own: the global one is shared by whatever else is loaded. Every value is
// handed over when somebody scrapes, and at no other time.
import { Counter, Gauge, Registry } from 'prom-client';
import type { Family, ValueFamily } from './family.ts';
import { TalliedHistogram } from './tallied-histogram.ts';

/** Throws for two families of one name, or a name that Prometheus does not take. */
export function createRegistry(families: readonly Family[]): Registry {
  const registry = new Registry();
  for (const family of families) {
    if (family.kind === 'histogram') new TalliedHistogram(family, registry);
    else addValues(family, registry);
  }
  return registry;
}

function addValues({ kind, name, help, labels, read }: ValueFamily, registry: Registry): void {
  const configuration = { name, help, labelNames: [...labels], registers: [registry] };
  if (kind === 'counter') {
    new Counter({
      ...configuration,
      collect() {
        this.reset();
        for (const sample of read()) this.inc(sample.labels, sample.value);
      },
    });
  } else {
    new Gauge({
      ...configuration,
      collect() {
        this.reset();
        for (const sample of read()) this.set(sample.labels, sample.value);
      },
    });
  }
}
