// The DNS server of the benchmarks where there is no C compiler: the same answers as `dns-server.c`, more slowly.
// Ends when its standard input does.
import { createSocket } from 'node:dgram';
import { decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED, type Answer } from 'dns-packet';

const TTL_SEC = 300;
const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });

socket.on('message', (bytes, from) => {
  const query = decode(bytes);
  const [question] = query.questions ?? [];
  if (question === undefined) return;
  const { name, type } = question;
  const missing = name.startsWith('nx');
  const answers: Answer[] = [];
  if (!missing && type === 'MX') answers.push({ type: 'MX', name, ttl: TTL_SEC, data: { preference: 10, exchange: `mx.${name}` } });
  if (!missing && type === 'A') answers.push({ type: 'A', name, ttl: TTL_SEC, data: '93.184.216.34' });
  const soa: Answer = { type: 'SOA', name, ttl: TTL_SEC, data: { mname: name, rname: name, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: TTL_SEC } };
  const flags = RECURSION_DESIRED | RECURSION_AVAILABLE | (missing ? 3 : 0);
  const message = encode({ type: 'response', id: query.id ?? 0, flags, questions: [question], answers, authorities: answers.length > 0 ? [] : [soa] });
  socket.send(message, from.port, from.address);
});
socket.bind(0, '127.0.0.1', () => {
  process.stdout.write(`PORT ${String(socket.address().port)}\n`);
});
process.stdin.resume().on('end', () => process.exit());
