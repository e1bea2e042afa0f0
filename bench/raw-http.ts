import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { throughputs } from './measure';
import { perSecond, type Row } from './row';
import { startEmulator, startFloor, type Server } from './servers';

const body = 'Action=GetCallerIdentity&Version=2011-06-15';

const message = [
  'POST / HTTP/1.1',
  'host: 127.0.0.1',
  'authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00',
  'content-type: application/x-www-form-urlencoded',
  `content-length: ${body.length}`,
  '',
  body,
].join('\r\n');

/** One request and its whole answer over a socket that stays open. */
function exchange(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const onData = (data: Buffer) => {
      answer += data.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1]);
      if (head < 0 || answer.length < head + 4 + length) return;
      socket.off('data', onData);
      if (answer.startsWith('HTTP/1.1 200')) resolve();
      else reject(new Error(answer));
    };
    socket.on('data', onData);
    socket.write(message);
  });
}

async function callerOf({ port }: Server) {
  const sockets = Array.from({ length: 16 }, () => connect(port, '127.0.0.1').setNoDelay());
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const idle = [...sockets];
  return {
    call: async () => {
      const socket = idle.pop()!;
      await exchange(socket);
      idle.push(socket);
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

const rawHttp: Row = async function* () {
  const emulator = await startEmulator();
  const floor = await startFloor(emulator);
  const [ours, theirs] = [await callerOf(emulator), await callerOf(floor)];
  await throughputs(18_000, [ours.call, theirs.call]);
  const [rate, floorRate] = await throughputs(45_000, [ours.call, theirs.call]);
  yield {
    what: 'raw HTTP, sts GetCallerIdentity, 16 sockets',
    figure: perSecond(rate),
    floor: perSecond(floorRate),
    budget: '10,000 /s',
  };
  ours.close();
  theirs.close();
  await Promise.all([floor.stop(), emulator.stop()]);
};
export default rawHttp;
