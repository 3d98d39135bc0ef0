// prom-client's histogram over a tally that was counted elsewhere: its own `observe` would cost microseconds an event.
// What is used of prom-client is `get` and `getForPromString`, which the registry calls; a test holds it to that.
import { Histogram, type Registry } from 'prom-client';
import type { HistogramFamily, TallySample } from './family.ts';
import { BOUNDS, bucketOf } from './scale.ts';

interface Bound {
  /** As it is shown. */
  readonly le: number;
  readonly index: number;
}

type Answer = Awaited<ReturnType<Histogram['get']>>;

export class TalliedHistogram extends Histogram {
  readonly #family: HistogramFamily;
  readonly #bounds: readonly Bound[];
  /** The tally's unit in the exported one. */
  readonly #factor: number;

  /** Throws for a bound that the scale does not have: its count would be wrong. */
  constructor(family: HistogramFamily, registry: Registry) {
    super({ name: family.name, help: family.help, labelNames: [...family.labels], buckets: [...family.bounds], registers: [registry] });
    this.#family = family;
    this.#factor = family.unit === 'seconds' ? 1000 : 1;
    this.#bounds = family.bounds.map((le) => {
      const bound = Number((le * this.#factor).toPrecision(6));
      const index = bucketOf(bound);
      if (BOUNDS[index] !== bound) throw new Error(`${family.name}: ${String(le)} is no bound of the scale`);
      return { le, index };
    });
  }

  override get(): Promise<Answer> {
    const { name, help } = this.#family;
    const values = this.#family.read().flatMap((sample) => this.#valuesOf(sample));
    return Promise.resolve({ name, help, type: 'histogram', aggregator: 'sum', values } as unknown as Answer);
  }

  getForPromString(): Promise<Answer> {
    return this.get();
  }

  #valuesOf({ labels, tally }: TallySample): Answer['values'] {
    const { name } = this.#family;
    const { count, sum } = tally;
    return [
      ...this.#bounds.map(({ le, index }) => ({ metricName: `${name}_bucket`, labels: { ...labels, le }, value: tally.atMost(index) })),
      { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
      { metricName: `${name}_sum`, labels, value: sum / this.#factor },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}
