// What this process costs: memory, processor time, and how late its event loop is. Read when somebody asks.
import type { Family, Sample } from './family.ts';
import type { LoopMonitor, LoopReading } from './loop-monitor.ts';
import { WINDOWS } from './windows.ts';

const MICROSECONDS = 1e6;

export function processFamilies(loop: LoopMonitor): readonly Family[] {
  return [
    { kind: 'gauge', name: 'winnow_event_loop_delay_seconds', help: 'How late the main event loop was.', labels: ['window', 'statistic'], read: () => loopDelays(loop) },
    { kind: 'gauge', name: 'winnow_event_loop_utilisation_ratio', help: 'Share of the time in which the main event loop was busy.', labels: ['window'], read: () => overWindows(loop, ({ utilisation }, window) => [{ labels: { window }, value: utilisation }]) },
    { kind: 'gauge', name: 'winnow_process_memory_bytes', help: 'Memory of the process, by kind; rss is all of it.', labels: ['kind'], read: memory },
    { kind: 'counter', name: 'winnow_process_cpu_seconds_total', help: 'Processor time of the process with all its threads.', labels: ['mode'], read: cpu },
    { kind: 'gauge', name: 'winnow_process_start_time_seconds', help: 'When the process started, in seconds since the epoch.', labels: [], read: () => [{ labels: {}, value: performance.timeOrigin / 1000 }] },
  ];
}

function loopDelays(loop: LoopMonitor): readonly Sample[] {
  return overWindows(loop, ({ meanMs, p99Ms, maxMs }, window) =>
    Object.entries({ mean: meanMs, p99: p99Ms, max: maxMs }).map(([statistic, ms]) => ({ labels: { window, statistic }, value: ms / 1000 })),
  );
}

function overWindows(loop: LoopMonitor, samplesOf: (reading: LoopReading, window: string) => readonly Sample[]): readonly Sample[] {
  return WINDOWS.flatMap(({ name, seconds }) => {
    const reading = loop.over(seconds);
    return reading === null ? [] : samplesOf(reading, name);
  });
}

function memory(): readonly Sample[] {
  const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  const kinds = { rss, heap_used: heapUsed, heap_total: heapTotal, external, array_buffers: arrayBuffers };
  return Object.entries(kinds).map(([kind, value]) => ({ labels: { kind }, value }));
}

function cpu(): readonly Sample[] {
  return Object.entries(process.cpuUsage()).map(([mode, used]) => ({ labels: { mode }, value: used / MICROSECONDS }));
}
