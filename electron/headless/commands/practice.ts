// `winnow practice`: runs the practice world until it is stopped, and says how to point `verify` at it.
import { parseOptions } from '../parse-options.ts';
import { parseScenario } from '../preflight-options.ts';
import { EXIT } from '../exit-code.ts';
import { PRACTICE_TIME_SCALE } from '../../practice/practice-settings.ts';
import { startPracticeWorld } from '../../practice/start-practice-world.ts';

export async function practice(args: string[]): Promise<number> {
  const { values } = parseOptions(args, { json: { type: 'boolean' }, scenario: { type: 'string' } });
  const world = await startPracticeWorld({ timeScale: PRACTICE_TIME_SCALE, scenario: parseScenario(values.scenario ?? 'all_good') });
  const dns = `${world.dns.host}:${String(world.dns.port)}`;
  const command = `winnow verify LIST --dns ${dns} --port ${String(world.smtpPort)} --allow-loopback`;
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify({ dns, port: world.smtpPort, command })}\n`);
  } else {
    process.stdout.write(
      `The practice world is running on this machine; it answers nobody else. Its waits are scaled 1:100.\n` +
        `  DNS server  ${dns}\n  SMTP port   ${String(world.smtpPort)} (on addresses in 127.0.0.0/8)\n\n` +
        `Point a list at it with:\n  ${command}\n\nor let verify run its own: winnow verify LIST --practice\nCtrl-C stops it.\n`,
    );
  }
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const { sessions, recipients, violations } = world.record();
  await world.stop();
  process.stderr.write(`${String(sessions)} sessions, ${String(recipients)} recipients asked, ${String(violations.length)} rules broken.\n`);
  for (const violation of violations) process.stderr.write(`  ${violation}\n`);
  return EXIT.done;
}
